// The audit's file: an SQLite database of mode 0600 that several processes append to at once. One connection; belongs to the
// thread that opened it.
#pragma once

#include "conductor/base/result.h"
#include "mcp/audit/entry.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

class QSqlQuery;

namespace mcp {

// Which rows are asked for; what is not set does not matter.
struct AuditQuery {
    qint64 since = 0; // ms since 1970
    qint64 until = 0; // before it
    QString tool = {};
    QString client = {};
    QString profile = {};
    QString outcome = {};     // "unknown" also finds calls that have not ended
    QString text = {};        // anywhere in what people read of a row, whatever the case
    QList<qint64> pids = {};  // of server processes
    qint64 newest = 0;        // only so many of them, the last; 0: all
    bool brief = false;       // without arguments and hashes, for counting

    bool operator==(const AuditQuery &) const = default;
};

// What can be chosen from: the values that occur.
struct AuditNames {
    QStringList clients = {};
    QStringList profiles = {};
    QStringList tools = {};

    bool operator==(const AuditNames &) const = default;
};

class AuditStore
{
public:
    enum class Access { Append, Read };

    explicit AuditStore(QString path = standardPath());
    ~AuditStore();

    static QString standardPath(); // audit.db in the data directory

    // Append makes the file when it is missing. Errors: NotFound (Read), Conflict when others hold it locked, Validation with the
    // reason otherwise. So do all others; after an Error of append() call rollback().
    conductor::Result<conductor::Done> open(Access access);
    bool isOpen() const { return m_open; }
    void close();

    // One transaction: begin, append as often as wanted, commit. durable: on the disk, even if the power fails now.
    conductor::Result<conductor::Done> begin(bool durable);
    conductor::Result<qint64> append(AuditEntry entry); // chained to the last; its number
    conductor::Result<conductor::Done> commit();
    void rollback();

    // Within a transaction: ends what this process began and never ended. The number of rows.
    conductor::Result<int> closeOpen(qint64 pid, qint64 since, const QString &why);
    // Within a transaction: removes at most so many of the first rows, older than that; the number of them.
    conductor::Result<int> prune(qint64 olderThan, int most);

    // In the order of the chain, as it was at the first of them, until the function returns false. All rows as they stand …
    conductor::Result<conductor::Done> each(const std::function<bool(const AuditEntry &)> &take);
    // … and each call in one row, with its end as far as there is one; what was lost too.
    conductor::Result<conductor::Done> calls(const AuditQuery &query, const std::function<bool(const AuditEntry &)> &take);
    conductor::Result<AuditNames> names();

    // Another number whenever somebody else has written, at the price of a look at the file.
    conductor::Result<qint64> dataVersion();

private:
    conductor::Result<conductor::Done> run(QSqlQuery &query);
    conductor::Result<conductor::Done> run(const QString &statement);
    conductor::Result<conductor::Done> walk(QSqlQuery &query, const std::function<bool(const AuditEntry &)> &take);
    conductor::Result<conductor::Done> makeFile() const;
    conductor::Result<conductor::Done> connectTo(Access access);
    conductor::Result<conductor::Done> prepare();

    QString m_path;
    QString m_connection; // its name
    bool m_open = false;
    qint64 m_lastNumber = 0; // within a transaction
    QByteArray m_lastHash;
};

} // namespace mcp
