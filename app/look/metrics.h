// The 4 px rhythm: every distance and size in the app is one of these.
#pragma once

namespace app {

enum class Density { Comfortable, Dense };

struct Metrics {
    static constexpr int unit = 4;
    static constexpr int rowGap = 8;
    static constexpr int groupGap = 16;
    static constexpr int pageMargin = 16;
    static constexpr int dialogMargin = 20;
    static constexpr int radius = 6;

    static constexpr int control = 32;   // buttons, fields
    static constexpr int chip = 24;
    static constexpr int header = 48;    // a page's first line
    static constexpr int tableHeader = 28;
    static constexpr int focusRing = 2;

    static constexpr int rowIcon = 16;
    static constexpr int badgeIcon = 14;
    static constexpr int toolIcon = 18;
    static constexpr int emptyIcon = 32;

    static constexpr int sidebar = 200;
    static constexpr int sidebarCollapsed = 60;
    static constexpr int formWidth = 640; // nothing to fill in is wider

    static constexpr int listRow(Density density) { return density == Density::Dense ? 28 : 32; }
    static constexpr int tableRow(Density density) { return density == Density::Dense ? 24 : 26; }
};

} // namespace app
