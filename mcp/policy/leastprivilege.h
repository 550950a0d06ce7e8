// What a client would still need if it were allowed no more than what it used: for a suggestion to a person, who decides.
#pragma once

#include "mcp/policy/effect.h"

#include <QMap>
#include <QString>
#include <QStringList>

#include <vector>

namespace mcp {

struct Usage {
    struct Tool {
        qint64 calls = 0;
        Effect::Kind highest = Effect::Kind::Read; // of its calls
    };

    QMap<QString, Tool> tools = {}; // by name

    // A call that was carried out; those that were refused, or of tools that do not exist, are not what a client needs.
    void add(const QString &tool, Effect::Kind effect);
    qint64 calls() const;
    Effect::Kind highest() const; // Read when nothing was used
};

// A group of tools that is allowed by one name.
struct NamedTools {
    QString name;
    QStringList tools;
};

struct Suggestion {
    QStringList toolsets = {}; // all of whose tools were used
    QStringList tools = {};    // used beside them
    QStringList unused = {};   // existing ones that the suggestion leaves out
    bool readOnly = false;     // it only read

    bool operator==(const Suggestion &) const = default;
};

// existing: the names of all tools, in the order they are told in.
Suggestion suggestionFor(const Usage &usage, const QStringList &existing, const std::vector<NamedTools> &toolsets = {});

// "--toolsets a,b --tools c,d --read-only": for conductor-mcp; empty when nothing was used.
QString flagsOf(const Suggestion &suggestion);

} // namespace mcp
