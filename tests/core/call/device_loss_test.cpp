// Microphones and cameras that come and go, are in use elsewhere, or held still by the system.
#include <gtest/gtest.h>

#include "core/call/local_media.h"

namespace parley {
namespace {

const DeviceLabel headset("Headset");
const DeviceLabel built_in("Built-in Microphone");
const DeviceLabel front("Front Camera");
const DeviceLabel rear("Rear Camera");

constexpr Media both_on{Sending::On, Sending::On, Sending::None};

class DeviceLossTest : public ::testing::Test {
 protected:
  // What came out since the last look, of one kind.
  template <class Wanted>
  std::vector<Wanted> emitted() {
    while (auto output = effects_.take()) outputs_.push_back(std::move(*output));
    std::vector<Wanted> found;
    for (auto& output : outputs_) {
      if (auto* const match = std::get_if<Wanted>(&output)) found.push_back(*match);
    }
    std::erase_if(outputs_,
                  [](const Output& output) { return std::holds_alternative<Wanted>(output); });
    return found;
  }

  output::AcquireMedia asked() {
    const auto all = emitted<output::AcquireMedia>();
    EXPECT_EQ(all.size(), 1u);
    return all.empty() ? output::AcquireMedia{} : all.back();
  }
  bool asks() { return !emitted<output::AcquireMedia>().empty(); }

  // In a call with headset (chosen) and front camera, the list of devices known.
  void begin(std::optional<DeviceLabel> chosen = headset) {
    media_.open(effects_, {RoomId("demo"), true, true, {}, std::move(chosen), {}});
    media_.acquired(effects_, {asked().action, headset, front});
    plug({headset, built_in}, {front, rear});
    emitted<output::EnableTrack>();
  }

  void plug(DeviceLabels audio, DeviceLabels camera) {
    media_.devices_changed(effects_, {std::move(audio), std::move(camera)});
  }

  // The headset is unplugged and the built-in microphone taken.
  void lose_headset() {
    media_.ended(effects_, Medium::Audio);
    plug({built_in}, {front, rear});
    media_.acquired(effects_, {asked().action, built_in, {}});
  }

  // Lets the time of the next attempt come.
  void wait() {
    effects_.set_now(*media_.next_timeout());
    media_.time_passed(effects_);
  }

  void take_camera_away() {
    media_.ended(effects_, Medium::Camera);
    for (;;) {
      const auto all = emitted<output::AcquireMedia>();
      if (all.empty()) return;
      media_.failed(effects_, all.back().action, MediaProblem::InUse);
    }
  }

  Effects effects_{1};
  LocalMedia media_;
  std::vector<Output> outputs_;
};

TEST_F(DeviceLossTest, AsksForTheChosenDevice) {
  media_.open(effects_, {RoomId("demo"), true, true, {}, headset, rear});
  const auto both = asked();
  EXPECT_EQ(both.audio_device, headset);
  EXPECT_EQ(both.camera_device, rear);
}

TEST_F(DeviceLossTest, AHeadsetThatVanishesGivesWayToAnotherMicrophoneAndThePersonIsTold) {
  begin();
  lose_headset();
  const auto notices = emitted<output::DeviceNotice>();
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].medium, Medium::Audio);
  EXPECT_EQ(notices[0].device, built_in);
  EXPECT_EQ(notices[0].lost, headset);
  EXPECT_TRUE(emitted<output::Report>().empty());
  EXPECT_EQ(media_.sending(), both_on);
}

TEST_F(DeviceLossTest, ADeviceThatIsMissingFromTheListIsGoneAlsoWhenItsTrackDoesNotEnd) {
  begin();
  plug({built_in}, {front, rear});
  EXPECT_EQ(emitted<output::ReleaseMedia>().size(), 1u);
  EXPECT_FALSE(asked().audio_device);
  media_.ended(effects_, Medium::Audio);
  EXPECT_FALSE(asks());
}

TEST_F(DeviceLossTest, AListWithoutNamesSaysNothingOfTheDeviceInUse) {
  begin();
  plug({DeviceLabel()}, {DeviceLabel()});
  EXPECT_FALSE(asks());
  EXPECT_EQ(media_.sending(), both_on);
}

TEST_F(DeviceLossTest, TheChosenDeviceIsTakenAgainWhenItIsBack) {
  begin();
  lose_headset();
  emitted<output::DeviceNotice>();
  plug({built_in, headset}, {front, rear});
  const auto again = asked();
  EXPECT_EQ(again.audio_device, headset);
  EXPECT_FALSE(again.camera);
  EXPECT_EQ(media_.sending(), both_on);  // the other one is heard until then
  media_.acquired(effects_, {again.action, headset, {}});
  const auto notices = emitted<output::DeviceNotice>();
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].device, headset);
  EXPECT_FALSE(notices[0].lost);
}

TEST_F(DeviceLossTest, ADeviceThatIsBackBeforeAnotherWasTakenIsTakenAfterwards) {
  begin();
  media_.ended(effects_, Medium::Audio);
  const auto other = asked();
  plug({built_in}, {front, rear});
  plug({built_in, headset}, {front, rear});
  media_.acquired(effects_, {other.action, built_in, {}});
  EXPECT_EQ(asked().audio_device, headset);
}

TEST_F(DeviceLossTest, ADeviceThatIsBackBeforeAnotherWasTakenTooLateIsTakenAfterwards) {
  begin();
  media_.ended(effects_, Medium::Audio);
  const auto other = asked();
  plug({built_in}, {front, rear});
  plug({built_in, headset}, {front, rear});
  wait();
  media_.acquired(effects_, {other.action, built_in, {}});
  EXPECT_EQ(asked().audio_device, headset);
}

TEST_F(DeviceLossTest, ADeviceThatThePersonDidNotChooseIsNotTaken) {
  begin();
  plug({headset, built_in, DeviceLabel("Monitor")}, {front, rear});
  EXPECT_FALSE(asks());
}

TEST_F(DeviceLossTest, WhatThePersonHasMutedIsNotTakenBeforeItIsUnmuted) {
  begin();
  media_.set_sending(effects_, Medium::Audio, false);
  media_.ended(effects_, Medium::Audio);
  plug({built_in}, {front, rear});
  plug({built_in, headset}, {front, rear});
  EXPECT_FALSE(asks());
  EXPECT_EQ(media_.sending().audio, Sending::Off);
  media_.set_sending(effects_, Medium::Audio, true);
  EXPECT_EQ(asked().audio_device, headset);
}

TEST_F(DeviceLossTest, AMutedSubstituteGivesWayToTheChosenDeviceOnceItIsUnmuted) {
  begin();
  lose_headset();
  media_.set_sending(effects_, Medium::Audio, false);
  plug({built_in, headset}, {front, rear});
  EXPECT_FALSE(asks());
  media_.set_sending(effects_, Medium::Audio, true);
  EXPECT_EQ(asked().audio_device, headset);
}

TEST_F(DeviceLossTest, WithoutAnyOtherTheCallGoesOnWithoutAndTakesTheFirstThatIsPluggedIn) {
  begin();
  media_.ended(effects_, Medium::Audio);
  plug({}, {front, rear});
  media_.failed(effects_, asked().action, MediaProblem::NotFound);
  EXPECT_EQ(emitted<output::Report>().at(0).problem, Problem::MediaLost);
  EXPECT_EQ(media_.sending(), (Media{Sending::None, Sending::On, Sending::None}));
  plug({built_in}, {front, rear});
  media_.acquired(effects_, {asked().action, built_in, {}});
  EXPECT_EQ(emitted<output::DeviceNotice>().at(0).device, built_in);
  EXPECT_EQ(media_.sending(), both_on);
}

TEST_F(DeviceLossTest, ACameraThatNeverWasThereWaitsToBeAskedFor) {
  media_.open(effects_, {RoomId("demo"), false, true, {}, {}, {}});
  media_.failed(effects_, asked().action, MediaProblem::NotFound);
  plug({}, {front});
  EXPECT_FALSE(asks());
  media_.set_sending(effects_, Medium::Camera, true);
  EXPECT_TRUE(asks());
}

TEST_F(DeviceLossTest, ARefusedDeviceIsNotAskedForAgain) {
  media_.open(effects_, {RoomId("demo"), false, true, {}, {}, {}});
  media_.failed(effects_, asked().action, MediaProblem::DeniedByUser);
  plug({}, {front});
  media_.page_visible(effects_);
  EXPECT_FALSE(asks());
  EXPECT_FALSE(media_.next_timeout());
}

TEST_F(DeviceLossTest, ACameraInUseElsewhereGivesWayToEveryOtherBeforeItIsGivenUp) {
  begin();
  media_.ended(effects_, Medium::Camera);
  const auto any = asked();
  EXPECT_FALSE(any.camera_device);
  media_.failed(effects_, any.action, MediaProblem::InUse);
  const auto other = asked();
  EXPECT_EQ(other.camera_device, rear);
  media_.acquired(effects_, {other.action, {}, rear});
  const auto notices = emitted<output::DeviceNotice>();
  ASSERT_EQ(notices.size(), 1u);
  EXPECT_EQ(notices[0].device, rear);
  EXPECT_EQ(notices[0].lost, front);
}

TEST_F(DeviceLossTest, ACameraInUseElsewhereIsTriedAgainSlowlyAndInSilence) {
  begin();
  take_camera_away();
  EXPECT_EQ(emitted<output::Report>().at(0).problem, Problem::MediaInUse);
  const auto lost_at = effects_.now();
  for (int attempt = 0; attempt < 3; ++attempt) {
    wait();
    EXPECT_GE(effects_.now() - lost_at, LocalMedia::retry_after * (attempt + 1));
    for (auto all = emitted<output::AcquireMedia>(); !all.empty();
         all = emitted<output::AcquireMedia>()) {
      media_.failed(effects_, all.back().action, MediaProblem::InUse);
    }
  }
  EXPECT_TRUE(emitted<output::Report>().empty());
  wait();
  media_.acquired(effects_, {asked().action, {}, front});
  EXPECT_EQ(emitted<output::DeviceNotice>().at(0).device, front);
  EXPECT_EQ(media_.sending(), both_on);
  EXPECT_FALSE(media_.next_timeout());
}

TEST_F(DeviceLossTest, ACameraInUseElsewhereIsTriedAtOnceWhenSomethingChanges) {
  begin();
  take_camera_away();
  media_.page_visible(effects_);
  media_.failed(effects_, asked().action, MediaProblem::DeniedByUser);
  EXPECT_FALSE(media_.next_timeout());
}

TEST_F(DeviceLossTest, WhatIsSwitchedOffWhileItIsInUseElsewhereIsLeftAlone) {
  begin();
  take_camera_away();
  media_.set_sending(effects_, Medium::Camera, false);
  EXPECT_FALSE(media_.next_timeout());
  plug({headset, built_in}, {front});
  media_.page_visible(effects_);
  EXPECT_FALSE(asks());
}

TEST_F(DeviceLossTest, WhileTheBrowserHasNotAnsweredNothingMoreIsAsked) {
  begin();
  media_.ended(effects_, Medium::Audio);
  const auto action = asked().action;
  wait();
  EXPECT_EQ(emitted<output::Report>().size(), 1u);
  plug({built_in}, {front, rear});
  EXPECT_FALSE(asks());
  media_.acquired(effects_, {action, built_in, {}});
  EXPECT_EQ(media_.sending(), both_on);
}

TEST_F(DeviceLossTest, AnotherDeviceThatThePersonChoosesIsTakenAtOnce) {
  begin();
  media_.choose(effects_, Medium::Audio, built_in);
  const auto other = asked();
  EXPECT_EQ(other.audio_device, built_in);
  EXPECT_EQ(media_.sending(), both_on);
  media_.acquired(effects_, {other.action, built_in, {}});
  EXPECT_TRUE(emitted<output::DeviceNotice>().empty());
  EXPECT_FALSE(asks());
}

TEST_F(DeviceLossTest, AChosenDeviceThatDoesNotWorkLeavesTheOneBeforeInUse) {
  begin();
  media_.choose(effects_, Medium::Camera, rear);
  media_.failed(effects_, asked().action, MediaProblem::InUse);
  EXPECT_EQ(emitted<output::Report>().at(0).problem, Problem::DeviceUnavailable);
  const auto before = asked();
  EXPECT_EQ(before.camera_device, front);
  media_.acquired(effects_, {before.action, {}, front});
  EXPECT_EQ(media_.sending(), both_on);
  EXPECT_TRUE(emitted<output::DeviceNotice>().empty());
  EXPECT_FALSE(asks());
}

TEST_F(DeviceLossTest, ADeviceChosenWhileOneIsAskedForIsTakenAfterwards) {
  begin(std::nullopt);
  media_.ended(effects_, Medium::Audio);
  const auto any = asked();
  media_.choose(effects_, Medium::Audio, built_in);
  media_.acquired(effects_, {any.action, headset, {}});
  EXPECT_EQ(asked().audio_device, built_in);
}

TEST_F(DeviceLossTest, AChoiceWhoseNameTheBrowserKeptToItselfAtFirstIsTakenOnceItIsKnown) {
  media_.open(effects_, {RoomId("demo"), true, false, {}, headset, {}});
  media_.acquired(effects_, {asked().action, built_in, {}});
  plug({built_in, headset}, {});
  EXPECT_EQ(asked().audio_device, headset);
}

TEST_F(DeviceLossTest, AChoiceThatIsNotThereDoesNotHoldTheCallUp) {
  media_.open(effects_, {RoomId("demo"), true, false, {}, DeviceLabel("At home"), {}});
  media_.acquired(effects_, {asked().action, built_in, {}});
  plug({built_in, headset}, {});
  EXPECT_FALSE(asks());
  EXPECT_TRUE(emitted<output::DeviceNotice>().empty());
}

TEST_F(DeviceLossTest, ABrowserThatGivesAnotherDeviceThanAskedForIsNotAskedForEver) {
  begin();
  lose_headset();
  plug({built_in, headset}, {front, rear});
  media_.acquired(effects_, {asked().action, built_in, {}});
  EXPECT_FALSE(asks());
}

TEST_F(DeviceLossTest, AnInterruptedDeviceIsOffUntilTheSystemLetsItGoOn) {
  begin();
  EXPECT_TRUE(media_.interrupted(Medium::Audio, true));
  EXPECT_EQ(media_.sending(), (Media{Sending::Off, Sending::On, Sending::None}));
  EXPECT_EQ(media_.interrupted(), std::vector{Medium::Audio});
  EXPECT_TRUE(media_.interrupted(Medium::Audio, false));
  EXPECT_EQ(media_.sending(), both_on);
  EXPECT_TRUE(media_.interrupted().empty());
}

TEST_F(DeviceLossTest, AnInterruptedDeviceIsTakenAnewWhenThePageIsVisible) {
  begin();
  media_.interrupted(Medium::Camera, true);
  media_.page_visible(effects_);
  const auto again = asked();
  EXPECT_TRUE(again.camera && !again.audio);
  EXPECT_EQ(media_.sending().camera, Sending::Off);
  media_.acquired(effects_, {again.action, {}, front});
  EXPECT_EQ(media_.sending(), both_on);
  EXPECT_TRUE(emitted<output::DeviceNotice>().empty());
}

TEST_F(DeviceLossTest, AnInterruptedDeviceIsTakenAnewWhenThePersonAsksForIt) {
  begin();
  media_.interrupted(Medium::Audio, true);
  media_.set_sending(effects_, Medium::Audio, true);
  EXPECT_TRUE(asks());
}

TEST_F(DeviceLossTest, WhatIsMutedByThePersonIsNotSaidToBeInterrupted) {
  begin();
  media_.set_sending(effects_, Medium::Audio, false);
  media_.interrupted(Medium::Audio, true);
  EXPECT_TRUE(media_.interrupted().empty());
  media_.page_visible(effects_);
  EXPECT_FALSE(asks());
}

TEST_F(DeviceLossTest, LeavingWhileDevicesAreExchangedGivesBothBack) {
  begin();
  media_.choose(effects_, Medium::Camera, rear);
  const auto other = asked();
  media_.close(effects_);
  EXPECT_EQ(emitted<output::ReleaseMedia>().size(), 2u);
  media_.acquired(effects_, {other.action, {}, rear});
  EXPECT_EQ(emitted<output::ReleaseMedia>().size(), 1u);
  EXPECT_FALSE(media_.next_timeout());
}

}  // namespace
}  // namespace parley
