// Prints web/sdk/core_types.ts: every input and output of a call as TypeScript types.
#include <cstdio>

#include "core/call/input.h"
#include "core/call/output.h"
#include "wasm/types/typescript.h"

int main() {
  parley::TypeScriptWriter writer;
  writer.enum_of<parley::Medium>("Medium");
  writer.enum_of<parley::Sending>("Sending");
  writer.enum_of<parley::Presence>("Presence");
  writer.enum_of<parley::CallState>("CallState");
  writer.enum_of<parley::PeerState>("PeerState");
  writer.enum_of<parley::PathState>("PathState");
  writer.enum_of<parley::MediaProblem>("MediaProblem");
  writer.enum_of<parley::Problem>("Problem");
  writer.interface_of<parley::Media>("Media");
  writer.interface_of<parley::IceServer>("IceServer");
  writer.interface_of<parley::Candidate>("Candidate");
  writer.interface_of<parley::Resume>("Resume");
  writer.interface_of<parley::ResumeTicket>("ResumeTicket");
  writer.interface_of<parley::output::SelfView>("SelfView");
  writer.interface_of<parley::output::PeerView>("PeerView");
  writer.interface_of<parley::output::View>("View");
  writer.union_of<parley::Input>("Input");
  writer.union_of<parley::Output>("Output");
  std::fputs(
      "// Made by parley-types from the field lists in core/call/; do not edit.\n"
      "// A test compares this file with what the C++ sources say.\n\n",
      stdout);
  std::fputs(writer.take().c_str(), stdout);
  return 0;
}
