// Stands before every call: refuses what policy forbids, and asks a person about what they want to be asked about, at the desk
// or, without one, through the client. The dispatcher's; one for all sessions of a process.
#pragma once

#include "mcp/policy/desk.h"
#include "mcp/policy/policy.h"
#include "mcp/server/tool.h"

#include <memory>

namespace mcp {

// How a call came through, or why not.
struct Passage {
    QString refusal = {}; // a sentence for the model; empty: it may go on
    QString how = {};     // for the audit: "approved in Conductor Companion"; empty when nobody was asked
};

class Gate : public QObject
{
    Q_OBJECT

public:
    struct Setup {
        std::shared_ptr<const Policy> policy;
        std::shared_ptr<Desk> desk = {};       // none: as without a companion
        std::function<QString()> profile = {}; // what the server is called
    };

    explicit Gate(Setup setup);

    const Policy &policy() const { return *m_setup.policy; }

    bool asksAbout(const Tool &tool, const Effect &effect) const { return policy().verdict(tool.name, effect) == Verdict::Ask; }

    // Asks until it is decided about what is there. Errors: Cancelled when the call was stopped, or its client has to be asked first
    // and will make it again; those of the tool's premise.
    conductor::Reply<Passage> ask(std::shared_ptr<const Tool> tool, Effect effect, Call call);

private:
    conductor::Reply<Passage> askClient(ApprovalRequest request, Call call);
    ApprovalRequest requestFor(const Tool &tool, const Effect &effect, const Call &call, const Premise &premise) const;

    Setup m_setup;
};

} // namespace mcp
