#include "mcp/audit/store.h"

#include "conductor/base/directories.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QFile>
#include <QFileInfo>
#include <QSqlDatabase>
#include <QSqlError>
#include <QSqlQuery>
#include <QThread>

#include <atomic>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr int version = 1;
constexpr int mostNames = 500; // of each kind; a hostile client invents more
const QByteArray firstPrevious(64, '0');

const QString columns = u"number, kind, refers_to, time, pid, client, client_version, profile, tool, arguments, effect, target, outcome, detail, requests, "
                        "took_us, bytes, previous, hash"_s;

Error errorOf(const QSqlError &error)
{
    const QString code = error.nativeErrorCode();
    const QString text = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    if (code == u"5" || code == u"6" || code == u"261" || code == u"517") // busy, locked
        return {Error::Kind::Conflict, text, {}, 0, true};
    return {Error::Kind::Validation, text};
}

AuditEntry entryFrom(const QSqlQuery &row)
{
    AuditEntry entry;
    int i = 0;
    entry.number = row.value(i++).toLongLong();
    entry.kind = entryKind(row.value(i++).toString()).value_or(AuditEntry::Kind::Foreign);
    for (qint64 *value : {&entry.refersTo, &entry.time, &entry.pid})
        *value = row.value(i++).toLongLong();
    for (QString *text : {&entry.client, &entry.clientVersion, &entry.profile, &entry.tool, &entry.arguments, &entry.effect, &entry.target, &entry.outcome,
                          &entry.detail})
        *text = row.value(i++).toString();
    for (qint64 *value : {&entry.requests, &entry.tookUs, &entry.bytes})
        *value = row.value(i++).toLongLong();
    entry.previous = row.value(i++).toString().toLatin1();
    entry.hash = row.value(i++).toString().toLatin1();
    return entry;
}

// An empty text, not NULL: what was hashed is what is read.
QString stored(const QString &text)
{
    return text.isNull() ? u""_s : text;
}

// What a query asks for, as conditions on a call b and its end e; values gets what stands for their question marks.
QString conditions(const AuditQuery &asked, QVariantList &values)
{
    QString text;
    const auto add = [&](const QString &condition, const QVariantList &bound) {
        text += u" AND "_s + condition;
        values += bound;
    };
    add(u"b.time >= ?"_s, {asked.since});
    if (asked.until > 0)
        add(u"b.time < ?"_s, {asked.until});
    for (const auto &[column, wanted] : {std::pair(u"tool"_s, asked.tool), std::pair(u"client"_s, asked.client), std::pair(u"profile"_s, asked.profile)}) {
        if (!wanted.isEmpty())
            add(u"b.%1 = ?"_s.arg(column), {wanted});
    }
    if (!asked.outcome.isEmpty())
        add(u"(coalesce(e.outcome, b.outcome) = ?%1)"_s.arg(asked.outcome == u"unknown" ? u" OR (b.kind = 'begun' AND e.number IS NULL)"_s : QString()),
            {asked.outcome});
    if (!asked.pids.isEmpty()) {
        QStringList numbers;
        for (const qint64 pid : asked.pids)
            numbers << QString::number(pid);
        add(u"b.pid IN (%1)"_s.arg(numbers.join(u',')), {});
    }
    if (!asked.text.isEmpty()) {
        QString pattern = asked.text;
        pattern.replace(u'\\', u"\\\\"_s).replace(u'%', u"\\%"_s).replace(u'_', u"\\_"_s);
        add(u"(b.client || ' ' || b.profile || ' ' || b.tool || ' ' || b.arguments || ' ' || b.target || ' ' || coalesce(e.outcome, b.outcome) || ' ' || "
             "coalesce(e.detail, b.detail)) LIKE ? ESCAPE '\\'"_s,
            {QString(u'%' + pattern + u'%')});
    }
    return text;
}

} // namespace

AuditStore::AuditStore(QString path)
    : m_path(std::move(path))
{
    static std::atomic<quint64> last = 0;
    m_connection = u"audit-%1"_s.arg(++last);
}

AuditStore::~AuditStore()
{
    close();
}

QString AuditStore::standardPath()
{
    return dataDirectory() + u"/audit.db"_s;
}

void AuditStore::close()
{
    m_open = false;
    if (QSqlDatabase::contains(m_connection))
        QSqlDatabase::removeDatabase(m_connection);
}

// SQLite gives its other files the mode of this one. One that is there is not opened: closing it would drop the locks that
// another connection of this process holds.
Result<Done> AuditStore::makeFile() const
{
    const QString directory = QFileInfo(m_path).path();
    if (!QFileInfo::exists(directory) && !makePrivateDirectory(directory))
        return Failure({Error::Kind::Validation, u"Cannot make the directory %1"_s.arg(directory)});
    const QByteArray name = QFile::encodeName(m_path);
    struct stat info = {};
    if (lstat(name.constData(), &info) != 0) {
        const int fd = ::open(name.constData(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0 && errno != EEXIST)
            return Failure({Error::Kind::Validation, u"Cannot write %1: %2"_s.arg(m_path, qt_error_string(errno))});
        if (fd >= 0)
            ::close(fd);
    } else if (!S_ISREG(info.st_mode) || info.st_uid != getuid() || ((info.st_mode & 077) != 0 && chmod(name.constData(), 0600) != 0)) {
        return Failure({Error::Kind::Validation, u"%1 is not a file of ours"_s.arg(m_path)});
    }
    return Done{};
}

Result<Done> AuditStore::open(Access access)
{
    close();
    if (access == Access::Read && !QFileInfo::exists(m_path))
        return Failure({Error::Kind::NotFound, u"There is no audit yet: %1 does not exist"_s.arg(m_path)});
    if (access == Access::Append) {
        if (const Result<Done> made = makeFile(); !made)
            return made;
    }
    if (Result<Done> connected = connectTo(access); !connected) {
        close();
        return connected;
    }
    m_open = true;
    Result<Done> prepared = access == Access::Append ? prepare() : Result<Done>(Done{});
    // Processes that make a new file at once get in each other's way there, where SQLite itself does not wait.
    for (const QDeadlineTimer patience(1000); !prepared && prepared.error().transient && !patience.hasExpired();) {
        rollback();
        QThread::msleep(20);
        prepared = prepare();
    }
    if (!prepared)
        close();
    return prepared;
}

Result<Done> AuditStore::connectTo(Access access)
{
    QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connection);
    database.setDatabaseName(m_path);
    database.setConnectOptions(access == Access::Read ? u"QSQLITE_OPEN_READONLY;QSQLITE_BUSY_TIMEOUT=5000"_s : u"QSQLITE_BUSY_TIMEOUT=1000"_s);
    if (!database.isValid())
        return Failure({Error::Kind::Validation, u"Qt's driver for SQLite is missing"_s, u"Install the package libqt6sql6-sqlite"_s});
    if (!database.open())
        return Failure(errorOf(database.lastError()));
    return Done{};
}

Result<Done> AuditStore::prepare()
{
    // Rows are appended and hardly ever read here: SQLite's usual two megabytes would be a seventh of our memory.
    if (const Result<Done> small = run(u"PRAGMA cache_size = -256"_s); !small)
        return small;
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.prepare(u"PRAGMA user_version"_s);
    if (const Result<Done> asked = run(query); !asked)
        return asked;
    const int found = query.next() ? query.value(0).toInt() : 0;
    query.finish();
    if (found > version)
        return Failure({Error::Kind::Validation, u"%1 was made by a later version of this program"_s.arg(m_path)});
    if (found == version)
        return Done{};
    for (const QString &statement :
         {u"PRAGMA journal_mode = WAL"_s, u"BEGIN IMMEDIATE"_s,
          u"CREATE TABLE IF NOT EXISTS entries (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, refers_to INTEGER NOT NULL, time INTEGER NOT NULL, "
           "pid INTEGER NOT NULL, client TEXT NOT NULL, client_version TEXT NOT NULL, profile TEXT NOT NULL, tool TEXT NOT NULL, arguments TEXT NOT NULL, "
           "effect TEXT NOT NULL, target TEXT NOT NULL, outcome TEXT NOT NULL, detail TEXT NOT NULL, requests INTEGER NOT NULL, took_us INTEGER NOT NULL, "
           "bytes INTEGER NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL)"_s,
          u"CREATE INDEX IF NOT EXISTS entries_time ON entries (time)"_s,
          u"CREATE INDEX IF NOT EXISTS entries_refers_to ON entries (refers_to) WHERE refers_to > 0"_s,
          u"CREATE INDEX IF NOT EXISTS entries_begun ON entries (pid) WHERE kind = 'begun'"_s, u"PRAGMA user_version = %1"_s.arg(version), u"COMMIT"_s}) {
        if (const Result<Done> done = run(statement); !done)
            return done;
    }
    return Done{};
}

Result<Done> AuditStore::run(QSqlQuery &query)
{
    if (!query.exec())
        return Failure(errorOf(query.lastError()));
    return Done{};
}

Result<Done> AuditStore::run(const QString &statement)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    if (!query.exec(statement))
        return Failure(errorOf(query.lastError()));
    return Done{};
}

Result<Done> AuditStore::begin(bool durable)
{
    // FULL writes the log through at each commit; NORMAL leaves that to the system, which loses nothing unless it goes down.
    for (const QString &statement : {durable ? u"PRAGMA synchronous = FULL"_s : u"PRAGMA synchronous = NORMAL"_s, u"BEGIN IMMEDIATE"_s}) {
        if (const Result<Done> done = run(statement); !done)
            return done;
    }
    QSqlQuery last(QSqlDatabase::database(m_connection, false));
    last.prepare(u"SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1"_s);
    if (const Result<Done> done = run(last); !done) {
        rollback();
        return done;
    }
    const bool any = last.next();
    m_lastNumber = any ? last.value(0).toLongLong() : 0;
    m_lastHash = any ? last.value(1).toString().toLatin1() : firstPrevious;
    return Done{};
}

Result<qint64> AuditStore::append(AuditEntry entry)
{
    entry.number = m_lastNumber + 1;
    entry.previous = m_lastHash;
    entry.hash = entry.computedHash();
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.prepare(u"INSERT INTO entries (%1) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"_s.arg(columns));
    query.addBindValue(entry.number);
    query.addBindValue(word(entry.kind));
    for (const qint64 value : {entry.refersTo, entry.time, entry.pid})
        query.addBindValue(value);
    for (const QString &text : {entry.client, entry.clientVersion, entry.profile, entry.tool, entry.arguments, entry.effect, entry.target, entry.outcome,
                                entry.detail})
        query.addBindValue(stored(text));
    for (const qint64 value : {entry.requests, entry.tookUs, entry.bytes})
        query.addBindValue(value);
    for (const QByteArray &hash : {entry.previous, entry.hash})
        query.addBindValue(QString::fromLatin1(hash));
    if (const Result<Done> done = run(query); !done)
        return Failure(done.error());
    m_lastNumber = entry.number;
    m_lastHash = entry.hash;
    return m_lastNumber;
}

Result<Done> AuditStore::commit()
{
    return run(u"COMMIT"_s);
}

void AuditStore::rollback()
{
    [[maybe_unused]] const Result<Done> done = run(u"ROLLBACK"_s); // there may be none any more: a full disk ends it by itself
}

Result<int> AuditStore::closeOpen(qint64 pid, qint64 since, const QString &why)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.prepare(u"SELECT number FROM entries b WHERE kind = 'begun' AND pid = ? AND time >= ? "
                   "AND NOT EXISTS (SELECT 1 FROM entries e WHERE e.refers_to > 0 AND e.refers_to = b.number AND e.kind = 'ended')"_s);
    query.addBindValue(pid);
    query.addBindValue(since);
    if (const Result<Done> done = run(query); !done)
        return Failure(done.error());
    QList<qint64> open;
    while (query.next())
        open << query.value(0).toLongLong();
    query.finish();
    for (const qint64 number : std::as_const(open)) {
        const AuditEntry ended{.kind = AuditEntry::Kind::Ended,
                               .refersTo = number,
                               .time = QDateTime::currentMSecsSinceEpoch(),
                               .pid = pid,
                               .outcome = word(AuditedEnd::Outcome::Unknown),
                               .detail = why};
        if (const Result<qint64> appended = append(ended); !appended)
            return Failure(appended.error());
    }
    return int(open.size());
}

// Only ever the beginning of the chain: rows after one that is kept stay, whatever their age.
Result<int> AuditStore::prune(qint64 olderThan, int most)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.prepare(u"SELECT number, time, hash FROM entries ORDER BY number LIMIT ?"_s);
    query.addBindValue(most);
    if (const Result<Done> done = run(query); !done)
        return Failure(done.error());
    int removed = 0;
    AuditEntry checkpoint{.kind = AuditEntry::Kind::Pruned, .time = QDateTime::currentMSecsSinceEpoch()};
    while (query.next() && query.value(1).toLongLong() < olderThan) {
        checkpoint.refersTo = query.value(0).toLongLong();
        checkpoint.detail = query.value(2).toString();
        ++removed;
    }
    query.finish();
    if (removed == 0)
        return 0;
    if (const Result<qint64> appended = append(checkpoint); !appended)
        return Failure(appended.error());
    if (const Result<Done> deleted = run(u"DELETE FROM entries WHERE number <= %1"_s.arg(checkpoint.refersTo)); !deleted)
        return Failure(deleted.error());
    return removed;
}

Result<Done> AuditStore::each(const std::function<bool(const AuditEntry &)> &take)
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    query.prepare(u"SELECT %1 FROM entries ORDER BY number"_s.arg(columns));
    return walk(query, take);
}

// Everything of a row as it began; how it ended from the row that says so, if there is one.
Result<Done> AuditStore::calls(const AuditQuery &asked, const std::function<bool(const AuditEntry &)> &take)
{
    const QString whole = asked.brief ? u"''"_s : u"b.arguments"_s;
    const QString hashes = asked.brief ? u"'', ''"_s : u"b.previous, b.hash"_s;
    QVariantList values;
    QString from = u"SELECT b.number, b.kind, b.refers_to, b.time, b.pid, b.client, b.client_version, b.profile, b.tool, %1, b.effect, b.target, "
                   "coalesce(e.outcome, b.outcome), coalesce(e.detail, b.detail), coalesce(e.requests, b.requests), coalesce(e.took_us, b.took_us), "
                   "coalesce(e.bytes, b.bytes), %2 FROM entries b LEFT JOIN entries e ON e.number = (SELECT min(number) FROM entries f "
                   "WHERE f.refers_to > 0 AND f.refers_to = b.number AND f.kind = 'ended') "
                   "WHERE b.kind IN ('call', 'begun', 'lost')%3 ORDER BY b.number"_s.arg(whole, hashes, conditions(asked, values));
    if (asked.newest > 0)
        from = u"SELECT * FROM (%1 DESC LIMIT %2) ORDER BY number"_s.arg(from).arg(asked.newest);
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.setForwardOnly(true);
    query.prepare(from);
    for (const QVariant &value : std::as_const(values))
        query.addBindValue(value);
    return walk(query, take);
}

Result<AuditNames> AuditStore::names()
{
    AuditNames names;
    for (const auto &[column, values] : {std::pair(u"client"_s, &names.clients), std::pair(u"profile"_s, &names.profiles), std::pair(u"tool"_s, &names.tools)}) {
        QSqlQuery query(QSqlDatabase::database(m_connection, false));
        query.prepare(u"SELECT DISTINCT %1 FROM entries WHERE kind IN ('call', 'begun') AND %1 <> '' ORDER BY %1 COLLATE NOCASE LIMIT %2"_s.arg(column).arg(mostNames));
        if (const Result<Done> done = run(query); !done)
            return Failure(done.error());
        while (query.next())
            *values << query.value(0).toString();
    }
    return names;
}

Result<qint64> AuditStore::dataVersion()
{
    QSqlQuery query(QSqlDatabase::database(m_connection, false));
    query.prepare(u"PRAGMA data_version"_s);
    if (const Result<Done> done = run(query); !done)
        return Failure(done.error());
    return query.next() ? query.value(0).toLongLong() : 0;
}

Result<Done> AuditStore::walk(QSqlQuery &query, const std::function<bool(const AuditEntry &)> &take)
{
    if (const Result<Done> done = run(query); !done)
        return done;
    while (query.next()) {
        if (!take(entryFrom(query)))
            return Done{};
    }
    if (query.lastError().isValid()) // a damaged page, say
        return Failure(errorOf(query.lastError()));
    return Done{};
}

} // namespace mcp
