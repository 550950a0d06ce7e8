// Where the parts of a page stand, so that all pages agree: rows begin under the title, messages keep the page's margins.
#pragma once

class QLabel;
class QVBoxLayout;
class QWidget;

namespace app {

class MessageBar;

// Holds a table so that the text of its rows begins where the page's title does.
QWidget *underTitle(QWidget *table);

// A row of its own between the page's margins.
QVBoxLayout *withinMargins(QWidget *widget);

// The head of a view that asks before something is done: what, in a sentence, and what went wrong.
QVBoxLayout *reviewHead(QLabel *title, QLabel *sentence, MessageBar *message);

} // namespace app
