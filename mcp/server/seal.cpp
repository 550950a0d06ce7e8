#include "mcp/server/seal.h"

#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace mcp {
namespace {

constexpr auto encoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr qsizetype longest = 64 * 1024;

QByteArray randomBytes(int count)
{
    QByteArray bytes(count, Qt::Uninitialized);
    for (char &byte : bytes)
        byte = char(QRandomGenerator::system()->bounded(256));
    return bytes;
}

bool areEqual(const QByteArray &one, const QByteArray &other)
{
    if (one.size() != other.size())
        return false;
    int difference = 0;
    for (qsizetype i = 0; i < one.size(); ++i)
        difference |= one[i] ^ other[i];
    return difference == 0;
}

} // namespace

Seal::Seal()
    : m_key(randomBytes(32))
    , m_keyId(randomBytes(6).toBase64(encoding))
{
}

QString Seal::close(const QJsonObject &content)
{
    const qint64 until = QDateTime::currentMSecsSinceEpoch() + std::chrono::milliseconds(lifetime).count();
    const QJsonObject whole{{u"until"_s, until}, {u"nonce"_s, QString::fromLatin1(randomBytes(12).toBase64(encoding))}, {u"content"_s, content}};
    const QByteArray body = QJsonDocument(whole).toJson(QJsonDocument::Compact).toBase64(encoding);
    return QString::fromLatin1(m_keyId + '.' + body + '.' + mac(body));
}

RpcResult<QJsonObject> Seal::open(const QString &sealed)
{
    const QList<QByteArray> parts = sealed.toLatin1().split('.');
    if (parts.size() != 3 || sealed.size() > longest)
        return RpcFailure({RpcError::InvalidParams, u"requestState is not one of ours"_s});
    if (parts[0] != m_keyId)
        return QJsonObject();
    if (!areEqual(parts[2], mac(parts[1])))
        return RpcFailure({RpcError::InvalidParams, u"requestState was changed"_s});
    const QJsonObject whole = QJsonDocument::fromJson(QByteArray::fromBase64(parts[1], encoding)).object();
    const QDateTime until = QDateTime::fromMSecsSinceEpoch(whole[u"until"].toInteger());
    if (until < QDateTime::currentDateTimeUtc())
        return QJsonObject();
    forgetOld();
    if (m_spent.contains(parts[2]))
        return RpcFailure({RpcError::InvalidParams, u"requestState was used already; make the call anew"_s});
    m_spent.insert(parts[2], until);
    return whole[u"content"].toObject();
}

QByteArray Seal::mac(const QByteArray &body) const
{
    return QMessageAuthenticationCode::hash(QByteArray(m_keyId + '.' + body), m_key, QCryptographicHash::Sha256).toBase64(encoding);
}

void Seal::forgetOld()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    m_spent.removeIf([&](QHash<QByteArray, QDateTime>::iterator spent) { return spent.value() < now; });
}

} // namespace mcp
