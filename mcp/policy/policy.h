// What AI clients may do with one server: what the command line chose, within what the server's profile allows, and which calls
// a person is asked about. A value; the section "mcp" of a profile, and the flags.
#pragma once

#include "mcp/policy/effect.h"
#include "mcp/policy/toolsets.h"

#include <QHash>

#include <chrono>
#include <map>

namespace mcp {

enum class Verdict { Allow, Ask, Deny }; // ever stricter

// Of calls that are offered and not forbidden by the freeze. Without rules of its own a profile allows reading and adding, and
// asks before something is destroyed; one marked production asks before anything is changed.
struct Rules {
    static constexpr std::chrono::seconds usualPatience{45}; // most clients give up after 60

    std::map<Effect::Kind, Verdict> effects = {};
    QHash<QString, Verdict> tools = {}; // win over effects
    int freeRuns = 0;                   // calls that name fewer executions are not asked about; 0: all are
    bool freeDescriptions = false;      // nor is a definition of which only descriptions change
    QHash<QString, int> patience = {};  // seconds, by the client's name; 5 to 600

    bool operator==(const Rules &) const = default;

    std::chrono::seconds patienceFor(const QString &client) const;
};

struct Policy {
    static inline const QString section = QStringLiteral("mcp"); // of a profile

    Selection asked = {};   // by the flags
    Selection allowed = {}; // by the profile
    Rules rules = {};
    bool production = false;

    bool operator==(const Policy &) const = default;

    bool offers(const QString &tool) const { return asked.offers(tool) && allowed.offers(tool); }
    bool readOnly() const { return asked.readOnly || allowed.readOnly; }

    // Why this call is refused whatever a person says, in a sentence for the model; empty when it may go on. An endpoint is
    // refused with the tool that does the same.
    QString refusal(const QString &tool, const Effect &effect) const;
    Verdict verdict(const QString &tool, const Effect &effect) const;

    // The profile's section; an empty one allows all. Errors: Validation with the path of what does not fit.
    static conductor::Result<Policy> of(const Selection &asked, const QJsonObject &section, bool production);
    QJsonObject toJson() const; // the section
};

QString word(Verdict verdict); // "allow", "ask", "deny"

} // namespace mcp
