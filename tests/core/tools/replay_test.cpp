// parley-replay as a person at a terminal uses it.
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace parley {
namespace {

struct Outcome {
  int status = -1;
  std::string text;  // of both outputs
};

Outcome run(const std::string& arguments) {
  Outcome outcome;
  FILE* const pipe = popen((PARLEY_REPLAY " " + arguments + " 2>&1").c_str(), "r");
  std::array<char, 4096> buffer{};
  for (std::size_t size = 1; size > 0;) {
    size = std::fread(buffer.data(), 1, buffer.size(), pipe);
    outcome.text.append(buffer.data(), size);
  }
  outcome.status = WEXITSTATUS(pclose(pipe));
  return outcome;
}

class ReplayTool : public ::testing::Test {
 protected:
  ~ReplayTool() override { std::filesystem::remove(file_); }

  std::string write(const std::string& outputs) {
    std::ofstream(file_) << "{\"journal\":1,\"options\":{\"seed\":1,\"client\":\"test\"}}\n"
                            "{\"at\":0,\"in\":{\"type\":\"leave\"}}\n"
                         << outputs;
    return "'" + file_.string() + "'";
  }

  static constexpr const char* ignored =
      "{\"out\":{\"type\":\"ignored\",\"input\":\"leave\",\"reason\":\"the call is not open\"}}\n";

 private:
  // Tests may run at the same time, each in a process of its own.
  const std::filesystem::path file_ =
      std::filesystem::path(::testing::TempDir()) /
      (std::string(::testing::UnitTest::GetInstance()->current_test_info()->name()) + ".jsonl");
};

TEST_F(ReplayTool, SaysThatThereIsNoDifference) {
  const auto [status, text] = run(write(ignored));
  EXPECT_EQ(status, 0);
  EXPECT_EQ(text, "1 inputs, 1 outputs, no difference\n");
}

TEST_F(ReplayTool, TellsTheStoryFirstWhereAskedTo) {
  const auto [status, text] = run("--explain " + write(ignored));
  EXPECT_EQ(status, 0);
  EXPECT_EQ(text,
            "00:00  Ignored an input: leave (the call is not open).\n"
            "00:00  The journal ends.\n"
            "\n"
            "1 inputs, 1 outputs, no difference\n");
}

TEST_F(ReplayTool, TellsTheStoryOfAJournalThatDiffersToo) {
  const auto [status, text] = run(write("{\"out\":{\"type\":\"view\"}}\n") + " --explain");
  EXPECT_EQ(status, 1);
  EXPECT_NE(text.find("The journal ends."), std::string::npos) << text;
  EXPECT_NE(text.find("line 3 differs\n"), std::string::npos) << text;
}

TEST_F(ReplayTool, SaysWhatIsWrongWithItsOptions) {
  const auto status_and_text = [](const std::string& arguments) {
    const auto [status, text] = run(arguments);
    return std::to_string(status) + " " + text;
  };
  EXPECT_EQ(status_and_text(""), "2 parley-replay: which file? --help shows how to name it\n");
  EXPECT_EQ(status_and_text("--explian x"),
            "2 parley-replay: unknown option --explian; --help shows what there is\n");
  EXPECT_EQ(status_and_text("x y"), "2 parley-replay: one file at a time, not x and y\n");
  EXPECT_EQ(status_and_text("/no/such/file"), "2 parley-replay: cannot read /no/such/file\n");
  EXPECT_EQ(status_and_text("/"), "2 parley-replay: cannot read /\n");
  EXPECT_EQ(status_and_text("/dev/null"), "2 parley-replay: /dev/null holds no input\n");
}

TEST_F(ReplayTool, ShowsHelp) {
  const auto [status, text] = run("--help");
  EXPECT_EQ(status, 0);
  EXPECT_TRUE(text.starts_with("Usage: parley-replay [--explain] FILE\n")) << text;
  EXPECT_NE(text.find("Exit status: 0"), std::string::npos);
}

}  // namespace
}  // namespace parley
