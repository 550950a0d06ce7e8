#include "support/auditrows.h"

#include <QSqlDatabase>
#include <QSqlQuery>

using namespace Qt::StringLiterals;
using namespace mcp;

namespace support {

QList<AuditEntry> auditRows(const QString &path)
{
    QList<AuditEntry> rows;
    AuditStore store(path);
    if (store.open(AuditStore::Access::Read))
        [[maybe_unused]] const auto read = store.each([&rows](const AuditEntry &entry) {
            rows << entry;
            return true;
        });
    return rows;
}

QList<AuditEntry> auditedCalls(const QString &path)
{
    QList<AuditEntry> calls;
    AuditStore store(path);
    if (store.open(AuditStore::Access::Read))
        [[maybe_unused]] const auto read = store.calls({}, [&calls](const AuditEntry &entry) {
            calls << entry;
            return true;
        });
    return calls;
}

bool tamper(const QString &path, const QString &statement)
{
    bool done = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"tamper"_s);
        database.setDatabaseName(path);
        done = database.open() && QSqlQuery(database).exec(statement);
    }
    QSqlDatabase::removeDatabase(u"tamper"_s);
    return done;
}

} // namespace support
