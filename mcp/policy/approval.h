// What a person is asked before a call that is not simply allowed, and what they may say. Values that go over the desk link.
#pragma once

#include "mcp/policy/effect.h"

#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace mcp {

// What a call would meet on the server: looked at before a person is asked, and again before the call goes on.
struct Premise {
    QString state = {};         // equal as long as nothing that matters has changed
    QStringList facts = {};     // for a person, a line each: "order_flow 4711: RUNNING, 3 of 8 tasks done"
    QJsonObject before = {};    // the definition that is there; empty: there is none, or none is touched
    QJsonObject after = {};     // the definition as it would be
    bool onlyDescriptions = false; // nothing but descriptions would change
};

struct ApprovalRequest {
    static constexpr qsizetype mostArguments = 256 * 1024; // bytes of JSON; what is longer is cut, and said to be

    QString client = {}; // name and version as the client says
    QString clientVersion = {};
    QString profile = {};
    bool production = false;
    QString tool = {};
    QString title = {}; // of the tool
    Effect effect = {};
    QString arguments = {}; // indented JSON
    qint64 argumentBytes = 0;
    QString digest = {}; // of client, profile, tool, arguments, and the premise's state: a ticket is good for exactly this
    Premise premise = {};
    std::chrono::milliseconds patience{}; // then nobody has answered

    QJsonObject toJson() const;
    static std::optional<ApprovalRequest> fromJson(const QJsonObject &json);
};

enum class Decision {
    Allow,
    Deny,
    TimedOut, // nobody answered
    Lost,     // the companion went meanwhile
};

QString word(Decision decision); // "allow", "deny", "timed out", "lost"
std::optional<Decision> decisionOf(QStringView word);

} // namespace mcp
