// Each check of `parley doctor`, with what is wrong made so.
#include "server/doctor/checks.h"

#include <gtest/gtest.h>

#include "server/doctor/doctor.h"
#include "tests/server/support/certificates.h"
#include "tests/server/support/test_server.h"

namespace parley::testing {
namespace {

const auto now = WallClock::now();

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

turn::RelayAddress relay(std::string_view announced, std::string_view local) {
  return {*IpAddress::parse(announced), *IpAddress::parse(local)};
}

TEST(DoctorOnCertificates, TellsNamesAndExpiryOfAGoodOne) {
  const CertificateFiles files;
  ServerOptions options;
  options.tls = files.options();
  const auto finding = check_certificate(options, now).front();
  EXPECT_NE(finding.verdict, Grade::Problem) << finding.text;
  EXPECT_TRUE(has(finding.text, "localhost")) << finding.text;
}

TEST(DoctorOnCertificates, SeesOneThatHasExpiredAndAClockThatIsBehind) {
  const CertificateFiles files;
  ServerOptions options;
  options.tls = files.options();
  const auto later = check_certificate(options, now + std::chrono::days(3'650)).front();
  EXPECT_EQ(later.verdict, Grade::Problem);
  EXPECT_TRUE(has(later.text, "expired")) << later.text;
  const auto earlier = check_certificate(options, now - std::chrono::days(3'650)).front();
  EXPECT_EQ(earlier.verdict, Grade::Problem);
  EXPECT_TRUE(has(earlier.remedy, "clock")) << earlier.remedy;
}

TEST(DoctorOnCertificates, SeesAKeyOfAnother) {
  const CertificateFiles files;
  const CertificateFiles others;
  ServerOptions options;
  options.tls = {files.chain(), others.key(), false};
  EXPECT_EQ(check_certificate(options, now).front().verdict, Grade::Problem);
  options.tls = {files.chain().parent_path() / "missing.pem", files.key(), false};
  EXPECT_EQ(check_certificate(options, now).front().verdict, Grade::Problem);
}

TEST(DoctorOnCertificates, AsksForOneBeyondThisMachine) {
  ServerOptions options;
  EXPECT_EQ(check_certificate(options, now).front().verdict, Grade::Note);
  options.host = "0.0.0.0";
  const auto finding = check_certificate(options, now).front();
  EXPECT_EQ(finding.verdict, Grade::Problem);
  EXPECT_TRUE(has(finding.remedy, "--tls-cert")) << finding.remedy;
}

TEST(DoctorOnPorts, NamesTheProgramThatHasOne) {
  const TestServer other;
  ServerOptions options;
  options.port = other.port();
  const auto findings = check_ports(options);
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].verdict, Grade::Problem);
  EXPECT_TRUE(has(findings[0].text, "parley_server_t")) << findings[0].text;
}

TEST(DoctorOnPorts, SeesAFreeOneAndAnAddressThatIsNotHere) {
  ServerOptions options;
  {
    const TestServer gone;
    options.port = gone.port();
  }
  options.relay.turn = OwnTurn::Off;
  EXPECT_EQ(check_ports(options).front().verdict, Grade::Good);
  options.host = "192.0.2.1";
  const auto finding = check_ports(options).front();
  EXPECT_EQ(finding.verdict, Grade::Problem);
  EXPECT_TRUE(has(finding.text, "no address 192.0.2.1")) << finding.text;
}

TEST(DoctorOnAddresses, TellsTheLineThatWouldMendPrivateOnes) {
  ServerOptions options;
  options.host = "::";
  const auto finding = check_addresses(options, {relay("10.0.0.5", "10.0.0.5")}).front();
  EXPECT_EQ(finding.verdict, Grade::Problem);
  EXPECT_TRUE(has(finding.remedy, "--external-ip PUBLIC/10.0.0.5")) << finding.remedy;
}

TEST(DoctorOnAddresses, IsContentWithAPublicOne) {
  ServerOptions options;
  options.host = "::";
  EXPECT_EQ(check_addresses(options, {relay("203.0.114.5", "10.0.0.5")}).front().verdict,
            Grade::Good);
}

TEST(DoctorOnAddresses, SeesWhereThereIsNoRelay) {
  ServerOptions options;
  options.host = "::";
  EXPECT_EQ(check_addresses(options, {}).front().verdict, Grade::Problem);
  options.relay.turn = OwnTurn::Off;
  EXPECT_EQ(check_addresses(options, {}).front().verdict, Grade::Problem);
  options.turn.servers = {"turn:turn.example.org"};
  EXPECT_EQ(check_addresses(options, {}).front().verdict, Grade::Good);
}

TEST(DoctorOnTheClock, SeesOneThatIsBehind) {
  const WebFolder web;
  ServerOptions options;
  options.web_root = web.path();
  EXPECT_EQ(check_clock(options, now).front().verdict, Grade::Good);
  EXPECT_EQ(check_clock(options, now - std::chrono::days(2)).front().verdict, Grade::Problem);
  EXPECT_EQ(check_clock(options, WallClock::time_point()).front().verdict, Grade::Problem);
}

TEST(DoctorOnTheFileLimit, WantsASocketForEachConnectionAndRelay) {
  ServerOptions options;
  options.max_connections = 1'000;
  options.relay.allocations = 1'000;
  EXPECT_EQ(check_file_limit(options, 1'024).front().verdict, Grade::Problem);
  EXPECT_EQ(check_file_limit(options, 3'000).front().verdict, Grade::Good);
  options.relay.turn = OwnTurn::Off;
  EXPECT_EQ(check_file_limit(options, 2'000).front().verdict, Grade::Good);
}

TEST(DoctorOnFolders, MissesPagesByName) {
  const WebFolder web;
  ServerOptions options;
  options.web_root = web.path();
  options.state_dir = web.path();
  for (const auto& each : check_folders(options)) EXPECT_EQ(each.verdict, Grade::Good) << each.text;
  std::filesystem::remove(web.path() / "parley.wasm");
  const auto finding = check_folders(options).front();
  EXPECT_EQ(finding.verdict, Grade::Problem);
  EXPECT_TRUE(has(finding.text, "lacks parley.wasm")) << finding.text;
}

TEST(Doctor, EndsWith1ExactlyWhereThereIsAProblem) {
  const Finding good{Grade::Good, "a", "Fine.", ""};
  const Finding note{Grade::Note, "b", "Look.", "Perhaps."};
  const Finding problem{Grade::Problem, "c", "Bad.", "Mend it."};
  EXPECT_EQ(report({good, note}).exit_status, 0);
  const auto diagnosis = report({good, problem});
  EXPECT_EQ(diagnosis.exit_status, 1);
  EXPECT_TRUE(has(diagnosis.text, "problem  c"));
  EXPECT_TRUE(has(diagnosis.text, "Mend it."));
}

TEST(Doctor, SaysWhatIsWrongWithTheConfiguration) {
  const auto diagnosis = diagnose({"--prot", "80"});
  EXPECT_EQ(diagnosis.exit_status, 1);
  EXPECT_TRUE(has(diagnosis.text, "did you mean --port?")) << diagnosis.text;
}

}  // namespace
}  // namespace parley::testing
