#include "mcp/audit/arguments.h"

#include "conductor/base/redaction.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace mcp {
namespace {

constexpr int deepest = 100; // of texts within texts and values within values; hostile ones go deeper

QJsonValue withoutSecrets(const QJsonValue &json, int depth);

QString plain(const QString &text)
{
    static const QRegularExpression assigned(
        u"((?:secret|passw(?:or)?d|passphrase|api[-_]?key|access[-_]?key|auth[-_]?key|private[-_]?key|token|credentials?|authorization)"
        "[\"']?\\s*[=:]\\s*)[^\\s&,;]+"_s,
        QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression basic(u"(\\bbasic\\s+)[A-Za-z0-9+/=_-]{8,}"_s, QRegularExpression::CaseInsensitiveOption);
    QString kept = redacted(text);
    kept.replace(basic, u"\\1"_s + redactionMark());
    return kept.replace(assigned, u"\\1"_s + redactionMark());
}

QString textWithoutSecrets(const QString &text, int depth)
{
    const QStringView trimmed = QStringView(text).trimmed();
    if (depth < deepest && (trimmed.startsWith(u'{') || trimmed.startsWith(u'['))) {
        const QJsonDocument json = QJsonDocument::fromJson(text.toUtf8());
        if (json.isObject())
            return QString::fromUtf8(QJsonDocument(withoutSecrets(json.object(), depth + 1).toObject()).toJson(QJsonDocument::Compact));
        if (json.isArray())
            return QString::fromUtf8(QJsonDocument(withoutSecrets(json.array(), depth + 1).toArray()).toJson(QJsonDocument::Compact));
    }
    return plain(text);
}

// {"name": "Authorization", "value": …}, as headers and parameters are often listed.
bool isNamedSecret(const QJsonObject &object)
{
    for (const QString &key : {u"name"_s, u"key"_s, u"header"_s}) {
        if (namesASecret(object[key].toString()))
            return true;
    }
    return false;
}

QJsonValue withoutSecrets(const QJsonValue &json, int depth)
{
    if (depth >= deepest)
        return redactionMark();
    if (json.isString())
        return textWithoutSecrets(json.toString(), depth);
    if (json.isArray()) {
        QJsonArray kept;
        const QJsonArray all = json.toArray();
        for (const QJsonValue &element : all)
            kept << withoutSecrets(element, depth + 1);
        return kept;
    }
    if (!json.isObject())
        return json;
    const QJsonObject all = json.toObject();
    const bool named = isNamedSecret(all);
    QJsonObject kept;
    for (auto it = all.begin(); it != all.end(); ++it) {
        const bool secret = namesASecret(it.key()) || (named && it.key() == u"value");
        kept[plain(it.key())] = secret ? QJsonValue(redactionMark()) : withoutSecrets(it.value(), depth + 1);
    }
    return kept;
}

// What SQLite gives back as it was: no lone surrogates, no NUL.
QString storable(const QString &text, qsizetype most)
{
    QString kept = text.size() > most ? text.left(most) + u"… (%1 more characters)"_s.arg(text.size() - most) : text;
    kept.replace(QChar(0), QChar(0x2400));
    return QString::fromUtf8(kept.toUtf8());
}

} // namespace

QString auditedArguments(const QJsonObject &arguments)
{
    const QJsonObject kept = withoutSecrets(arguments, 0).toObject();
    return storable(QString::fromUtf8(QJsonDocument(kept).toJson(QJsonDocument::Compact)), keptArguments);
}

QString auditedText(const QString &text, qsizetype most)
{
    // Redacted before it is cut, so that a cut does not hide what a secret looks like; but not megabytes of it.
    return storable(textWithoutSecrets(text.left(64 * 1024), 0), most);
}

} // namespace mcp
