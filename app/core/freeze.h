// How far AI clients may go, as the tray and the sidebar offer it.
#pragma once

namespace app {

enum class Freeze { Normal, ReadOnly, Stopped };

} // namespace app
