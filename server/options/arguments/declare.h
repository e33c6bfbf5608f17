// How options are declared, so that each is a flag, a variable of the environment and a key of the
// configuration file under one name.
//
// Thread-safety: none; options are declared and read by one thread.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace parley {

// "tls-cert" is PARLEY_TLS_CERT.
std::string environment_name(std::string option);

template <class T>
CLI::Option* declare(CLI::App& app, const std::string& name, T& target, const std::string& help) {
  return app.add_option("--" + name, target, help)
      ->envname(environment_name(name))
      ->capture_default_str();
}

inline CLI::Option* declare_switch(CLI::App& app, const std::string& name, bool& target,
                                   const std::string& help) {
  return app.add_flag("--" + name, target, help)->envname(environment_name(name));
}

}  // namespace parley
