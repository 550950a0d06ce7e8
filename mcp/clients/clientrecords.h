// What we did to the files of AI clients last, so that it can be undone and so that a change by somebody else is noticed. Lies in
// registrations.json in our data directory; window and command line share it.
#pragma once

#include "conductor/base/result.h"

#include <QDateTime>
#include <QHash>
#include <QJsonObject>

namespace mcp {

struct ClientRecord {
    QString file = {};
    QJsonObject entry = {};   // what stood in the file after it; empty: it was taken out
    QString backup = {};      // the file before; empty: there was none
    QByteArray after = {};    // SHA-256 of the file after it
    QDateTime at = {};
    QJsonObject earlier = {}; // the record before this one, which an undo brings back

    static ClientRecord fromJson(const QJsonObject &json);
    QJsonObject toJson() const;
};

using ClientRecords = QHash<QString, ClientRecord>; // by the client's id

ClientRecords readClientRecords(); // none where the file cannot be read

// Under a lock; nothing: forgets it. Errors: Validation.
conductor::Result<conductor::Done> keepClientRecord(const QString &client, const std::optional<ClientRecord> &record);

} // namespace mcp
