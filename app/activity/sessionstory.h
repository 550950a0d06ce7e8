// What an AI client did in a session, told as a story: one sentence for each thing it did, from the rows of the audit. Pure; plain
// text and capped, since its words come from the client.
#pragma once

#include "mcp/audit/entry.h"

#include <QDateTime>
#include <QString>

#include <vector>

namespace app {

struct SessionStory {
    struct Line {
        QDateTime time; // local
        QString text;   // "looked at the run 3c9e… (4 times)"
        QString trouble = {}; // what went wrong with it; empty when nothing did
        bool changes = false; // it changed something, or tried to
        bool refused = false; // it never came to it

        bool operator==(const Line &) const = default;
    };

    QString client; // "claude-code 2.1"
    QString server;
    QDateTime begin; // local
    QDateTime end;
    qint64 calls = 0;
    qint64 failed = 0;
    std::vector<Line> lines; // at most mostLines
    qint64 leftOut = 0;      // further ones

    static constexpr size_t mostLines = 500;

    // calls: of one session, newest first, as they are read.
    static SessionStory of(const std::vector<mcp::AuditEntry> &calls);

    QString summary() const;                    // one sentence
    QString lineText(const Line &line) const;   // "14:02 searched for …"
    QString markdown() const;                   // nothing in it is markup of the client's
};

} // namespace app
