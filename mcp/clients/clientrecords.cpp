#include "mcp/clients/clientrecords.h"

#include "conductor/base/directories.h"
#include "conductor/base/privatefile.h"

#include <QJsonDocument>
#include <QLockFile>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

QString recordsPath() { return dataDirectory() + u"/registrations.json"_s; }

QJsonObject readAll()
{
    return QJsonDocument::fromJson(readWhole(recordsPath()).value_or(QByteArray())).object();
}

} // namespace

ClientRecord ClientRecord::fromJson(const QJsonObject &json)
{
    return {json[u"file"_s].toString(),
            json[u"entry"_s].toObject(),
            json[u"backup"_s].toString(),
            QByteArray::fromHex(json[u"after"_s].toString().toLatin1()),
            QDateTime::fromString(json[u"at"_s].toString(), Qt::ISODateWithMs),
            json[u"earlier"_s].toObject()};
}

QJsonObject ClientRecord::toJson() const
{
    return {{u"file"_s, file},
            {u"entry"_s, entry},
            {u"backup"_s, backup},
            {u"after"_s, QString::fromLatin1(after.toHex())},
            {u"at"_s, at.toString(Qt::ISODateWithMs)},
            {u"earlier"_s, earlier}};
}

ClientRecords readClientRecords()
{
    ClientRecords records;
    const QJsonObject all = readAll();
    for (auto record = all.begin(); record != all.end(); ++record)
        records.insert(record.key(), ClientRecord::fromJson(record->toObject()));
    return records;
}

Result<Done> keepClientRecord(const QString &client, const std::optional<ClientRecord> &record)
{
    if (!makePrivateDirectory(dataDirectory()))
        return Failure({Error::Kind::Validation, u"Cannot make the directory %1"_s.arg(dataDirectory())});
    QLockFile lock(recordsPath() + u".lock"_s);
    if (!lock.tryLock(5000))
        return Failure({Error::Kind::Validation, u"%1 is locked by another program"_s.arg(recordsPath())});
    QJsonObject all = readAll();
    if (record)
        all[client] = record->toJson();
    else
        all.remove(client);
    return writePrivately(recordsPath(), QJsonDocument(all).toJson());
}

} // namespace mcp
