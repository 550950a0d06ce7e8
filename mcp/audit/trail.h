// The seam between carrying out calls and keeping a record of them: AuditLog writes it to disk, tests keep it in memory. Nothing
// that goes wrong with the record ever fails a call.
#pragma once

#include "conductor/base/reply.h"
#include "mcp/policy/effect.h"
#include "mcp/server/identity.h"
#include "mcp/server/tool.h"

#include <QDateTime>

namespace mcp {

// A call as it came, not yet redacted.
struct AuditedCall {
    QDateTime time = QDateTime::currentDateTimeUtc();
    ClientIdentity client = {};
    QString profile = {}; // empty: that of the process
    QString tool = {};
    QJsonObject arguments = {};
    Effect effect = {};
};

// How it ended. The words are for people and for searches: they do not change.
struct AuditedEnd {
    enum class Outcome { Ok, Error, Invalid, Refused, Cancelled, Unknown };

    Outcome outcome = Outcome::Unknown;
    Answer answer = {};
    int requests = 0; // HTTP requests sent to Conductor for it
    qint64 tookUs = 0;
};

QString word(AuditedEnd::Outcome outcome); // "ok", "error", "invalid", "refused", "cancelled", "unknown"

class AuditTrail
{
public:
    using Ticket = quint64; // of a begun call; 0 is none

    virtual ~AuditTrail() = default;

    struct Begun {
        Ticket ticket = 0;
        conductor::Reply<conductor::Done> kept; // answers when the row is on the disk, or cannot be soon
    };

    // For a call that changes something, which waits for kept and goes on however that answers.
    virtual Begun begin(AuditedCall call) = 0;
    virtual void end(Ticket ticket, AuditedEnd end) = 0;

    // For all others, after they were answered.
    virtual void add(AuditedCall call, AuditedEnd end) = 0;
};

} // namespace mcp
