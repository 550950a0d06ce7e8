// Where to save something: asks a person without blocking. The seam for tests, which answer at once.
#pragma once

#include "conductor/base/reply.h"

#include <QString>

#include <functional>

class QWidget;

namespace app {

struct SaveQuestion {
    QString title; // "Save the calls"
    QString name;  // suggested: "calls.csv"
};

// Answers a path; Cancelled when nobody chose one.
using AskSavePath = std::function<conductor::Reply<QString>(QWidget *parent, SaveQuestion question)>;

conductor::Reply<QString> askSavePath(QWidget *parent, SaveQuestion question);

} // namespace app
