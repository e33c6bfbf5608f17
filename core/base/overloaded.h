// Builds one visitor for a std::variant from several lambdas.
#pragma once

namespace parley {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

}  // namespace parley
