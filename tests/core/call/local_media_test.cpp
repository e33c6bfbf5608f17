#include "core/call/local_media.h"

#include <gtest/gtest.h>

namespace parley {
namespace {

class LocalMediaTest : public ::testing::Test {
 protected:
  template <class Wanted>
  std::vector<Wanted> emitted() {
    std::vector<Wanted> found;
    while (auto output = effects_.take()) {
      if (auto* const match = std::get_if<Wanted>(&*output)) found.push_back(*match);
    }
    return found;
  }

  void open(bool audio, bool camera) {
    media_.open(effects_, {RoomId("demo"), audio, camera, {}, {}, {}});
  }
  void acquire(ActionId action, std::optional<DeviceLabel> audio = std::nullopt,
               std::optional<DeviceLabel> camera = std::nullopt) {
    media_.acquired(effects_, {action, std::move(audio), std::move(camera)});
  }
  void open_and_acquire() {
    open(true, true);
    acquire(emitted<output::AcquireMedia>().at(0).action);
    emitted<output::EnableTrack>();
  }

  Effects effects_{1};
  LocalMedia media_;
};

constexpr Media live{Sending::On, Sending::On, Sending::None};

TEST_F(LocalMediaTest, AsksForBothAtOnce) {
  open(true, true);
  const auto asked = emitted<output::AcquireMedia>();
  ASSERT_EQ(asked.size(), 1u);
  EXPECT_TRUE(asked[0].audio && asked[0].camera);
  acquire(asked[0].action);
  EXPECT_EQ(media_.sending(), live);
}

TEST_F(LocalMediaTest, TriesEachAloneWhenBothFail) {
  open(true, true);
  media_.failed(effects_, emitted<output::AcquireMedia>().at(0).action, MediaProblem::InUse);
  const auto asked = emitted<output::AcquireMedia>();
  ASSERT_EQ(asked.size(), 2u);
  acquire(asked[0].action);
  media_.failed(effects_, asked[1].action, MediaProblem::InUse);
  const auto reports = emitted<output::Report>();
  ASSERT_EQ(reports.size(), 1u);
  EXPECT_EQ(reports[0].problem, Problem::MediaInUse);
  EXPECT_EQ(reports[0].medium, Medium::Camera);
  EXPECT_EQ(media_.sending(), (Media{Sending::On, Sending::None, Sending::None}));
}

TEST_F(LocalMediaTest, OnAnInsecurePageDoesNotTryEachAlone) {
  open(true, true);
  media_.failed(effects_, emitted<output::AcquireMedia>().at(0).action, MediaProblem::InsecurePage);
  EXPECT_TRUE(emitted<output::AcquireMedia>().empty());
}

TEST_F(LocalMediaTest, MutingKeepsTheMicrophoneOpenAndCameraOffGivesItBack) {
  open_and_acquire();
  media_.set_sending(effects_, Medium::Audio, false);
  EXPECT_EQ(emitted<output::EnableTrack>().size(), 1u);
  media_.set_sending(effects_, Medium::Camera, false);
  EXPECT_EQ(emitted<output::ReleaseMedia>().size(), 1u);
  EXPECT_EQ(media_.sending(), (Media{Sending::Off, Sending::Off, Sending::None}));
  media_.set_sending(effects_, Medium::Camera, true);
  EXPECT_EQ(emitted<output::AcquireMedia>().size(), 1u);
}

TEST_F(LocalMediaTest, WhatWasSwitchedOffWhileItWasAskedForStaysOff) {
  open(true, true);
  media_.set_sending(effects_, Medium::Audio, false);
  media_.set_sending(effects_, Medium::Camera, false);
  acquire(emitted<output::AcquireMedia>().at(0).action);
  EXPECT_EQ(media_.sending(), (Media{Sending::Off, Sending::Off, Sending::None}));
}

TEST_F(LocalMediaTest, AnEndedTrackIsReportedButNotAnEndedScreen) {
  open_and_acquire();
  media_.ended(effects_, Medium::Camera);
  media_.failed(effects_, emitted<output::AcquireMedia>().at(0).action, MediaProblem::NotFound);
  EXPECT_EQ(emitted<output::Report>().at(0).problem, Problem::MediaLost);
  media_.set_sending(effects_, Medium::Screen, true);
  acquire(emitted<output::AcquireScreen>().at(0).action);
  EXPECT_EQ(media_.sending().screen, Sending::On);
  media_.ended(effects_, Medium::Screen);
  EXPECT_TRUE(emitted<output::Report>().empty());
  EXPECT_EQ(media_.sending().screen, Sending::None);
}

TEST_F(LocalMediaTest, ACancelledScreenPickerIsNoProblem) {
  media_.set_sending(effects_, Medium::Screen, true);
  media_.failed(effects_, emitted<output::AcquireScreen>().at(0).action, MediaProblem::Cancelled);
  EXPECT_TRUE(emitted<output::Report>().empty());
  EXPECT_EQ(media_.sending().screen, Sending::None);
}

TEST_F(LocalMediaTest, ADeviceGrantedAfterTheDeadlineIsGivenBack) {
  open(true, false);
  const auto action = emitted<output::AcquireMedia>().at(0).action;
  effects_.set_now(*media_.next_timeout());
  media_.time_passed(effects_);
  EXPECT_EQ(emitted<output::Report>().size(), 1u);
  EXPECT_FALSE(media_.next_timeout());
  acquire(action);
  EXPECT_EQ(emitted<output::ReleaseMedia>().size(), 1u);
  EXPECT_EQ(media_.sending().audio, Sending::None);
}

}  // namespace
}  // namespace parley
