// The few sizes text comes in: base, section (+1), title (+5), hint (−1), and the fixed-width font for ids, JSON and durations.
#pragma once

#include <QFont>

class QLabel;

namespace app {

enum class TextStyle { Base, Strong, Section, Title, Hint, Mono, MonoHint };

QFont textFont(TextStyle style);                     // from the application's font
void setTextStyle(QLabel &label, TextStyle style);   // its font, and the hint colour for hints

} // namespace app
