#include "conductor/api/httptransport.h"

#include "conductor/api/servererror.h"

#include <QElapsedTimer>
#include <QIODevice>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QTimer>

#include <cstring>
#include <functional>
#include <optional>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

// A body that can be read once. QNetworkAccessManager sends a request again when the connection breaks before the answer,
// POST as well, and two executions run instead of one; a body it cannot rewind makes it give up instead.
class OneTimeBody : public QIODevice
{
public:
    explicit OneTimeBody(QByteArray bytes, QObject *parent = nullptr)
        : QIODevice(parent)
        , m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly);
    }

    bool isSequential() const override { return true; }
    bool reset() override { return false; } // the base class would warn
    qint64 bytesAvailable() const override { return m_bytes.size() - m_at + QIODevice::bytesAvailable(); }

protected:
    qint64 readData(char *data, qint64 size) override
    {
        const qint64 count = std::min(size, m_bytes.size() - m_at);
        if (count <= 0)
            return -1;
        std::memcpy(data, m_bytes.constData() + m_at, size_t(count));
        m_at += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qint64 m_at = 0;
};

QByteArray bodyOf(const Request &request)
{
    if (!request.text.isNull())
        return request.text.toUtf8();
    switch (request.body.type()) {
    case QJsonValue::Undefined:
        return {};
    case QJsonValue::Array:
        return QJsonDocument(request.body.toArray()).toJson(QJsonDocument::Compact);
    case QJsonValue::Object:
        return QJsonDocument(request.body.toObject()).toJson(QJsonDocument::Compact);
    default: { // a bare value: QJsonDocument writes it only within an array
        const QByteArray wrapped = QJsonDocument(QJsonArray{request.body}).toJson(QJsonDocument::Compact);
        return wrapped.mid(1, wrapped.size() - 2);
    }
    }
}

Error networkError(QNetworkReply *reply, const QString &server)
{
    switch (reply->error()) {
    case QNetworkReply::ConnectionRefusedError:
        return {Error::Kind::Network, u"%1 refuses the connection"_s.arg(server), u"Is the server running, and is the port right?"_s};
    case QNetworkReply::HostNotFoundError:
        return {Error::Kind::Network, u"The host of %1 is unknown"_s.arg(server), u"Check the name; without a network no name can be found"_s};
    case QNetworkReply::SslHandshakeFailedError:
        return {Error::Kind::Tls, u"No secure connection to %1: %2"_s.arg(server, reply->errorString()),
                u"If the server speaks plain HTTP the address begins with http://; otherwise its certificate is not trusted here"_s};
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::TemporaryNetworkFailureError:
    case QNetworkReply::NetworkSessionFailedError:
        return {Error::Kind::Network, u"%1 closed the connection before it answered"_s.arg(server), u"Try again"_s, 0, true};
    case QNetworkReply::ContentReSendError:
        return {Error::Kind::Network, u"%1 closed the connection before it answered; it is not known whether the request took effect"_s.arg(server),
                u"Look at the current state before you send it again"_s};
    case QNetworkReply::TimeoutError:
        return {Error::Kind::Timeout, u"%1 did not answer in time"_s.arg(server)};
    default:
        return {Error::Kind::Network, u"%1 cannot be reached: %2"_s.arg(server, reply->errorString())};
    }
}

// One request on its way. Owned by its reply; gone with it.
class Pending : public QObject
{
public:
    Pending(QNetworkReply *reply, const Request &request, QString server)
        : QObject(reply)
        , m_reply(reply)
        , m_server(std::move(server))
        , m_observer(request.observer)
        , m_stopped(request.stop, [this] { end({Error::Kind::Cancelled, u"Cancelled"_s}); })
    {
        m_promise.start();
        m_clock.start();
        connect(reply, &QNetworkReply::readyRead, this, &Pending::limit);
        connect(reply, &QNetworkReply::finished, this, &Pending::finish);
        if (!request.deadline.isForever()) {
            m_timer.setSingleShot(true);
            m_timer.callOnTimeout(this, [this] {
                end({Error::Kind::Timeout, u"%1 did not answer in time"_s.arg(m_server), u"The server may be overloaded; it may still act on the request"_s});
            });
            m_timer.start(std::chrono::milliseconds(std::max<qint64>(0, request.deadline.remainingTime())));
        }
    }

    Reply<QJsonValue> future() { return m_promise.future(); }

private:
    void end(Error error)
    {
        if (m_ended)
            return;
        m_ended = std::move(error);
        // Not from within a stop callback or a signal of the reply itself: abort() emits finished() at once.
        QMetaObject::invokeMethod(m_reply, &QNetworkReply::abort, Qt::QueuedConnection);
    }

    void limit()
    {
        if (m_reply->bytesAvailable() > HttpTransport::largestAnswer)
            end({Error::Kind::Protocol, u"The answer of %1 is larger than %2 MiB"_s.arg(m_server).arg(HttpTransport::largestAnswer >> 20),
                 u"Ask for less at once"_s});
    }

    void finish()
    {
        m_timer.stop();
        const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (m_observer)
            m_observer(std::chrono::microseconds(m_clock.nsecsElapsed() / 1000), status);
        const bool broke = m_reply->error() == QNetworkReply::RemoteHostClosedError || m_reply->error() == QNetworkReply::OperationCanceledError;
        if (m_ended)
            m_promise.addResult(Failure(*m_ended));
        else if (status > 0 && !broke)
            m_promise.addResult(meaningOf({status, m_reply->rawHeader("Content-Type"), m_reply->readAll()}));
        else
            m_promise.addResult(Failure(networkError(m_reply, m_server)));
        m_promise.finish();
        m_reply->deleteLater();
    }

    QNetworkReply *m_reply;
    QString m_server;
    Request::Observer m_observer;
    QPromise<Result<QJsonValue>> m_promise;
    std::optional<Error> m_ended;
    QElapsedTimer m_clock;
    QTimer m_timer;
    std::stop_callback<std::function<void()>> m_stopped; // last: it may fire while it is made
};

} // namespace

QByteArray verbName(Request::Verb verb)
{
    switch (verb) {
    case Request::Verb::Get:
        return "GET";
    case Request::Verb::Post:
        return "POST";
    case Request::Verb::Put:
        return "PUT";
    case Request::Verb::Delete:
        return "DELETE";
    }
    return "GET";
}

HttpTransport::HttpTransport(QUrl baseUrl)
    : m_baseUrl(std::move(baseUrl))
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
    m_network.setAutoDeleteReplies(false);
}

HttpTransport::~HttpTransport() = default;

QUrl HttpTransport::urlOf(const Request &request) const
{
    QString path = m_baseUrl.path(QUrl::FullyEncoded);
    if (request.root == Request::Root::Server && path.endsWith(u"/api"))
        path.chop(4);
    for (const QString &segment : request.segments)
        path += u'/' + QString::fromLatin1(QUrl::toPercentEncoding(segment));
    QUrl url = m_baseUrl;
    url.setPath(path, QUrl::TolerantMode);
    if (!request.query.isEmpty())
        url.setQuery(request.query);
    return url;
}

Reply<QJsonValue> HttpTransport::send(Request request)
{
    const QString server = m_baseUrl.toString(QUrl::RemovePath | QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    if (request.stop.stop_requested())
        return answered<QJsonValue>(Failure({Error::Kind::Cancelled, u"Cancelled"_s}));
    if (request.deadline.hasExpired())
        return answered<QJsonValue>(Failure({Error::Kind::Timeout, u"There was no time left to ask %1"_s.arg(server)}));
    if (!m_baseUrl.isValid() || m_baseUrl.host().isEmpty())
        return answered<QJsonValue>(Failure({Error::Kind::Validation, u"%1 is not a server's address"_s.arg(m_baseUrl.toString()),
                                             u"Write it as http://HOST:PORT/api"_s}));

    // Steps, not names, even when encoded; an empty one would be a double slash and ask another resource.
    for (const QString &segment : std::as_const(request.segments)) {
        if (segment.isEmpty() || segment == u"." || segment == u"..")
            return answered<QJsonValue>(Failure({Error::Kind::Validation, u"A name or id must not be empty, \".\" or \"..\""_s}));
    }

    QNetworkRequest http(urlOf(request));
    http.setRawHeader("Accept", "application/json, text/plain");
    http.setRawHeader("User-Agent", "conductor-companion/" COMPANION_VERSION);
    if (!request.token.isEmpty())
        http.setRawHeader("X-Authorization", request.token.toUtf8());
    const QByteArray body = bodyOf(request);
    if (!request.body.isUndefined())
        http.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    else if (!request.text.isNull())
        http.setHeader(QNetworkRequest::ContentTypeHeader, u"text/plain"_s);

    QNetworkReply *reply = nullptr;
    if (request.repeatable) {
        reply = m_network.sendCustomRequest(http, verbName(request.verb), body);
    } else {
        http.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
        http.setHeader(QNetworkRequest::ContentLengthHeader, body.size());
        auto *once = new OneTimeBody(body);
        reply = m_network.sendCustomRequest(http, verbName(request.verb), once);
        once->setParent(reply);
    }
    auto *pending = new Pending(reply, request, server); // owned by the reply
    return pending->future();
}

} // namespace conductor
