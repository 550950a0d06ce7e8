#include "conductor/definition/history.h"

#include "conductor/base/directories.h"
#include "conductor/base/privatefile.h"
#include "conductor/base/utc.h"
#include "conductor/definition/compact.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QHash>
#include <QJsonDocument>
#include <QRegularExpression>

#include <optional>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

constexpr qint64 longestHead = 4096; // bytes of a file's first line
constexpr qsizetype longestClient = 200;

QString digest(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex().left(32));
}

// A file's name says when it was kept, of which version it is, and what it holds: "1795346046134-v3-0f…". Sorted by name they are
// sorted by time.
struct FileName {
    qint64 kept = 0;
    int version = 1;
    QString content;

    QString text() const { return u"%1-v%2-%3"_s.arg(kept, 14, 10, QLatin1Char('0')).arg(version).arg(content); }

    static std::optional<FileName> read(const QString &text)
    {
        static const QRegularExpression pattern(u"^(\\d{14})-v(\\d{1,9})-([0-9a-f]{32})$"_s);
        const QRegularExpressionMatch match = pattern.match(text);
        if (!match.hasMatch())
            return {};
        return FileName{match.captured(1).toLongLong(), match.captured(2).toInt(), match.captured(3)};
    }
};

QStringList newestFirst(const QDir &directory)
{
    return directory.entryList(QDir::Files | QDir::NoDotAndDotDot, QDir::Name | QDir::Reversed);
}

// Others may prune at the same time: what is gone already is as good as removed.
void prune(const QString &place)
{
    const QDir directory(place);
    QHash<int, qsizetype> counts;
    QSet<QString> known;
    qint64 bytes = 0;
    bool isNewest = true;
    const QStringList files = newestFirst(directory);
    for (const QString &file : files) {
        const std::optional<FileName> name = FileName::read(file);
        if (!name)
            continue;
        const QString content = QString::number(name->version) + name->content;
        bytes += QFileInfo(directory.filePath(file)).size();
        const bool isKept = !known.contains(content) && counts[name->version] < DefinitionHistory::most && bytes <= DefinitionHistory::mostBytes;
        if (isKept || isNewest) {
            known.insert(content);
            ++counts[name->version];
            isNewest = false;
        } else {
            QFile::remove(directory.filePath(file));
        }
    }
}

} // namespace

DefinitionHistory::DefinitionHistory(const QUrl &server)
    : DefinitionHistory(server, dataDirectory() + u"/history"_s)
{
}

DefinitionHistory::DefinitionHistory(const QUrl &server, const QString &directory)
    : m_directory(directory + u'/' + digest(server.adjusted(QUrl::StripTrailingSlash).toEncoded()))
{
}

QString DefinitionHistory::placeOf(const QString &name) const
{
    return m_directory + u'/' + digest(name.toUtf8());
}

Result<Done> DefinitionHistory::keep(const QJsonObject &definition, const QString &client, const QDateTime &now) const
{
    const QJsonObject kept = compact(definition);
    const QByteArray content = QJsonDocument(kept).toJson(QJsonDocument::Compact);
    const QString name = kept[u"name"].toString();
    const FileName file{now.toMSecsSinceEpoch(), std::max(1, kept[u"version"].toInt(1)), digest(content)};
    const QByteArray head = QJsonDocument(QJsonObject{{u"client"_s, client.left(longestClient)}}).toJson(QJsonDocument::Compact);

    for (const QString &directory : {QFileInfo(m_directory).path(), m_directory, placeOf(name)}) {
        if (!makePrivateDirectory(directory))
            return Failure({Error::Kind::Validation, u"Cannot make the directory %1"_s.arg(directory), u"Check that it may be written and is yours"_s});
    }
    const Result<Done> written = writePrivately(placeOf(name) + u'/' + file.text(), QByteArray(head + '\n' + content + '\n'));
    if (written)
        prune(placeOf(name));
    return written;
}

std::vector<EarlierDefinition> DefinitionHistory::of(const QString &name) const
{
    std::vector<EarlierDefinition> all;
    const QDir directory(placeOf(name));
    const QStringList files = newestFirst(directory);
    for (const QString &id : files) {
        const std::optional<FileName> read = FileName::read(id);
        QFile file(directory.filePath(id));
        if (!read || !file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject head = QJsonDocument::fromJson(file.readLine(longestHead)).object();
        all.push_back({id, name, read->version, utcFromMs(read->kept), head[u"client"].toString()});
    }
    return all;
}

Result<QJsonObject> DefinitionHistory::read(const EarlierDefinition &earlier) const
{
    if (!FileName::read(earlier.id))
        return Failure({Error::Kind::NotFound, u"There is no earlier definition %1"_s.arg(earlier.id)});
    const Result<QByteArray> bytes = readWhole(placeOf(earlier.name) + u'/' + earlier.id, mostBytes);
    if (!bytes)
        return Failure(bytes.error());
    const QJsonDocument content = QJsonDocument::fromJson(bytes->mid(bytes->indexOf('\n') + 1));
    if (!content.isObject())
        return Failure({Error::Kind::Protocol, u"The earlier definition %1 cannot be read"_s.arg(earlier.id), u"Its file was changed by something else"_s});
    return content.object();
}

} // namespace conductor
