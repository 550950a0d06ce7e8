// One row of the audit. Rows are only ever appended, each chained to the one before it by its hash; a call that changes
// something has two, one when it begins and one when it ends.
#pragma once

#include "mcp/audit/trail.h"

#include <QByteArray>

#include <optional>

namespace mcp {

struct AuditEntry {
    enum class Kind {
        Call,   // a whole call
        Begun,  // a call that changes something, before its request went out
        Ended,  // how the one in refersTo ended
        Pruned, // the rows up to refersTo were removed for their age; detail is the hash of the last of them
        Lost,   // detail: how many rows could not be kept
        Foreign, // what we do not write: somebody put it there
    };

    qint64 number = 0; // from 1, without a gap
    Kind kind = Kind::Call;
    qint64 refersTo = 0;
    qint64 time = 0; // ms since 1970, UTC
    qint64 pid = 0;  // of the server process
    QString client = {};
    QString clientVersion = {};
    QString profile = {};
    QString tool = {};
    QString arguments = {}; // JSON, redacted and cut; see auditedArguments
    QString effect = {};    // "read", "add", "change", "destroy"
    QString target = {};    // of the effect, for a person
    QString outcome = {};
    QString detail = {}; // why, when it is not "ok"; else the runs that a change says it started or acted on
    qint64 requests = 0;
    qint64 tookUs = 0;
    qint64 bytes = 0; // of the answer
    QByteArray previous = {}; // hash of the row before, in hex
    QByteArray hash = {};     // SHA-256 over previous and all the fields above, in hex

    // What hash should be.
    QByteArray computedHash() const;

    bool operator==(const AuditEntry &) const = default;
};

QString word(AuditEntry::Kind kind); // "call", "begun", …
std::optional<AuditEntry::Kind> entryKind(QStringView word);

// Rows as they are kept: texts redacted, cut, and valid Unicode.
AuditEntry entryOf(const AuditedCall &call);
void addEnd(AuditEntry &entry, const AuditedEnd &end);

} // namespace mcp
