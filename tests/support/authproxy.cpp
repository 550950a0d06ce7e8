#include "support/authproxy.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QNetworkReply>
#include <QPointer>
#include <QRandomGenerator>
#include <QTcpSocket>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace support {
namespace {

constexpr qsizetype longestHead = 64 * 1024;

QByteArray compact(const QJsonObject &json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

QByteArray base64(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

} // namespace

struct AuthProxy::Http {
    QByteArray method = {};
    QByteArray path = {};
    QHash<QByteArray, QByteArray> headers = {}; // names in lower case
    QByteArray body = {};
};

struct AuthProxy::Answer {
    int status = 200;
    QByteArray body = {};
    QByteArray contentType = "application/json";
    QByteArray header = {};

    static Answer unauthorised(const QString &error, const QString &message)
    {
        return {401, compact({{u"status"_s, 401}, {u"error"_s, error}, {u"message"_s, message}})};
    }
};

// One client: its requests are read and answered one after the other.
class AuthProxy::Connection : public QObject
{
public:
    Connection(QTcpSocket *socket, AuthProxy *proxy)
        : QObject(socket)
        , m_socket(socket)
        , m_proxy(proxy)
    {
        connect(socket, &QTcpSocket::readyRead, this, &Connection::read);
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }

    void answer(const Answer &answer)
    {
        const QByteArray type = answer.contentType.isEmpty() ? QByteArray() : "Content-Type: " + answer.contentType + "\r\n";
        const QByteArray header = answer.header.isEmpty() ? QByteArray() : answer.header + "\r\n";
        m_socket->write("HTTP/1.1 " + QByteArray::number(answer.status) + " X\r\n" + type + header + "Content-Length: " + QByteArray::number(answer.body.size())
                        + "\r\n\r\n" + answer.body);
        m_busy = false;
        QMetaObject::invokeMethod(this, &Connection::read, Qt::QueuedConnection);
    }

    void close() { m_socket->abort(); }

private:
    void read()
    {
        m_bytes += m_socket->readAll();
        const qsizetype end = m_bytes.indexOf("\r\n\r\n");
        if (m_busy || end < 0) {
            if (m_bytes.size() > longestHead && end < 0)
                close();
            return;
        }
        const QList<QByteArray> lines = m_bytes.left(end).split('\n');
        const QList<QByteArray> words = lines[0].trimmed().split(' ');
        Http request;
        request.method = words.value(0);
        request.path = words.value(1);
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
        }
        const qsizetype length = request.headers.value("content-length").toLongLong();
        if (m_bytes.size() < end + 4 + length)
            return;
        request.body = m_bytes.mid(end + 4, length);
        m_bytes.remove(0, end + 4 + length);
        m_busy = true;
        m_proxy->handle(this, request);
    }

    QTcpSocket *m_socket;
    AuthProxy *m_proxy;
    QByteArray m_bytes;
    bool m_busy = false;
};

AuthProxy::AuthProxy(QUrl upstream, QObject *parent)
    : QObject(parent)
    , m_upstream(std::move(upstream))
    , m_signingKey(QByteArray::number(QRandomGenerator::system()->generate64()))
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    connect(&m_server, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection())
            new Connection(socket, this); // its child
    });
}

AuthProxy::~AuthProxy()
{
    m_server.close();
}

bool AuthProxy::listen(quint16 port)
{
    return m_server.listen(QHostAddress::LocalHost, port);
}

QUrl AuthProxy::url() const
{
    return QUrl(u"http://127.0.0.1:%1/api"_s.arg(m_server.serverPort()));
}

void AuthProxy::addKey(const QString &id, const QString &secret)
{
    m_keys.insert(id, secret);
}

void AuthProxy::revokeKey(const QString &id)
{
    m_keys.remove(id);
}

void AuthProxy::expireKey(const QString &id)
{
    m_expired << id;
}

void AuthProxy::answerNext(Fixed answer, int times)
{
    m_fixed.insert(m_fixed.end(), std::size_t(times), answer);
}

AuthProxy::Fixed AuthProxy::busyDatabase()
{
    return {500,
            compact({{u"status"_s, 500},
                     {u"message"_s, u"[SQLITE_BUSY] The database file is locked (database is locked)"_s},
                     {u"instance"_s, u"vm"_s},
                     {u"retryable"_s, false}})};
}

int AuthProxy::tokensAsked() const
{
    return int(std::count_if(m_seen.begin(), m_seen.end(), [](const Seen &seen) { return seen.path == "/api/token"; }));
}

int AuthProxy::forwarded() const
{
    return int(std::count_if(m_seen.begin(), m_seen.end(), [](const Seen &seen) { return seen.forwarded; }));
}

void AuthProxy::handle(Connection *connection, const Http &request)
{
    const std::size_t index = m_seen.size();
    const QByteArray token = request.headers.value("x-authorization");
    m_seen.push_back({request.method, request.path, token});
    const auto answer = [this, connection, index](const Answer &given) {
        if (index < m_seen.size())
            m_seen[index].status = given.status;
        connection->answer(given);
    };
    Q_EMIT asked();

    const bool isToken = request.path == "/api/token" && request.method == "POST";
    if (const std::optional<Fixed> fixed = fixedFor(request.path)) {
        QTimer::singleShot(fixed->delay, connection, [connection, answer, given = *fixed] {
            if (given.status == 0)
                connection->close();
            else
                answer({given.status, given.body, given.contentType, given.header});
        });
    } else if (isToken && demandsTokens) {
        answer(tokenFor(request.body));
    } else if (const std::optional<Answer> refusal = request.path.startsWith("/api") && demandsTokens ? refusalOf(token) : std::nullopt) {
        answer(*refusal);
    } else if (m_upstream.isEmpty()) {
        answer(isToken ? Answer{404, R"({"status":404,"message":"No static resource api/token.","instance":"vm"})"} : Answer{200, "{}"});
    } else {
        forward(connection, request, index);
    }
}

std::optional<AuthProxy::Fixed> AuthProxy::fixedFor(const QByteArray &path)
{
    const auto found = std::find_if(m_fixed.begin(), m_fixed.end(),
                                    [&](const Fixed &fixed) { return fixed.path.isEmpty() ? path != "/api/token" : path.startsWith(fixed.path); });
    if (found == m_fixed.end())
        return {};
    const Fixed fixed = *found;
    m_fixed.erase(found);
    return fixed;
}

AuthProxy::Answer AuthProxy::tokenFor(const QByteArray &body) const
{
    const QJsonObject asked = QJsonDocument::fromJson(body).object();
    const QString id = asked[u"keyId"].toString();
    if (!m_keys.contains(id) || m_keys.value(id) != asked[u"keySecret"].toString())
        return Answer::unauthorised(u"INVALID_KEY"_s, u"The key id or secret is wrong"_s);
    if (m_expired.contains(id))
        return Answer::unauthorised(u"EXPIRED_KEY"_s, u"The access key has expired"_s);
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const QByteArray claims = compact({{u"sub"_s, id}, {u"iat"_s, now}, {u"exp"_s, now + qint64(tokenLife.count())}, {u"jti"_s, QString::number(++m_given)}});
    const QByteArray text = base64(R"({"alg":"HS256","typ":"JWT"})") + '.' + base64(claims);
    return {200, compact({{u"token"_s, QString::fromLatin1(text + '.' + sign(text))}})};
}

QByteArray AuthProxy::sign(const QByteArray &text) const
{
    return base64(QMessageAuthenticationCode::hash(text, m_signingKey, QCryptographicHash::Sha256));
}

std::optional<AuthProxy::Answer> AuthProxy::refusalOf(const QByteArray &token) const
{
    const qsizetype dot = token.lastIndexOf('.');
    const QByteArray text = token.left(dot);
    if (dot < 0 || token.mid(dot + 1) != sign(text))
        return Answer::unauthorised(u"INVALID_TOKEN"_s, token.isEmpty() ? u"A token is needed"_s : u"The token is not valid"_s);
    const QJsonObject claims = QJsonDocument::fromJson(QByteArray::fromBase64(text.mid(text.indexOf('.') + 1), QByteArray::Base64UrlEncoding)).object();
    if (claims[u"exp"].toInteger() <= QDateTime::currentSecsSinceEpoch())
        return Answer::unauthorised(u"EXPIRED_TOKEN"_s, u"The token has expired"_s);
    if (!m_keys.contains(claims[u"sub"].toString()))
        return Answer::unauthorised(u"INVALID_TOKEN"_s, u"The token's key has been revoked"_s);
    return {};
}

void AuthProxy::forward(Connection *connection, const Http &request, std::size_t index)
{
    QUrl url = m_upstream;
    url.setPath({});
    QNetworkRequest http(QUrl::fromEncoded(QByteArray(url.toEncoded() + request.path), QUrl::StrictMode));
    for (const char *name : {"content-type", "accept"}) {
        if (request.headers.contains(name))
            http.setRawHeader(name, request.headers.value(name));
    }
    m_seen[index].forwarded = true;
    QNetworkReply *reply = m_network.sendCustomRequest(http, request.method, request.body);
    connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    connect(reply, &QNetworkReply::finished, connection, [this, connection, reply, index] {
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (index < m_seen.size())
            m_seen[index].status = status;
        if (status > 0)
            connection->answer({status, reply->readAll(), reply->rawHeader("Content-Type")});
        else
            connection->answer({502, compact({{u"message"_s, reply->errorString()}})});
    });
}

} // namespace support
