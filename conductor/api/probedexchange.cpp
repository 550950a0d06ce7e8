#include "conductor/api/probedexchange.h"

#include <QElapsedTimer>
#include <QTimer>

namespace conductor {
namespace {

constexpr qint64 largestBody = 1024 * 1024;

ProbedExchange::End endOf(QNetworkReply::NetworkError error)
{
    using End = ProbedExchange::End;
    switch (error) {
    case QNetworkReply::HostNotFoundError:
        return End::HostUnknown;
    case QNetworkReply::ConnectionRefusedError:
        return End::Refused;
    case QNetworkReply::SslHandshakeFailedError:
        return End::NoHandshake;
    case QNetworkReply::RemoteHostClosedError:
        return End::Closed;
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return End::Garbled;
    default:
        return End::Unreachable;
    }
}

// Follows a reply to its end. Owned by it.
class Listener : public QObject
{
public:
    Listener(QNetworkReply *reply, QDeadlineTimer deadline)
        : QObject(reply)
        , m_reply(reply)
    {
        m_promise.start();
        m_clock.start();
        connect(reply, &QNetworkReply::encrypted, this, [this] { m_result.secure = true; });
        connect(reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) {
            m_result.secure = true;
            m_result.doubts = errors;
        });
        connect(reply, &QNetworkReply::readyRead, this, [this] {
            if (m_reply->bytesAvailable() > largestBody)
                m_reply->abort();
        });
        connect(reply, &QNetworkReply::finished, this, &Listener::finish);
        QTimer::singleShot(std::chrono::milliseconds(std::max<qint64>(0, deadline.remainingTime())), this, [this] {
            m_timedOut = true;
            m_reply->abort();
        });
    }

    Reply<ProbedExchange> future() { return m_promise.future(); }

private:
    void finish()
    {
        m_result.tookMs = m_clock.elapsed();
        m_result.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        m_result.contentType = m_reply->rawHeader("Content-Type").toLower();
        m_result.location = m_reply->url().resolved(QUrl(QString::fromUtf8(m_reply->rawHeader("Location"))));
        if (m_reply->isOpen()) // not when it was aborted
            m_result.body = m_reply->read(largestBody);
        m_result.reason = m_reply->errorString();
        if (m_timedOut)
            m_result.end = ProbedExchange::End::TimedOut;
        else if (m_result.status > 0)
            m_result.end = ProbedExchange::End::Answered;
        else if (!m_result.doubts.isEmpty())
            m_result.end = ProbedExchange::End::Untrusted;
        else
            m_result.end = endOf(m_reply->error());
        const bool cutShort = m_result.end == ProbedExchange::End::Closed || m_result.end == ProbedExchange::End::Garbled;
        if (cutShort && !m_result.secure && m_reply->url().scheme() == QStringLiteral("https"))
            m_result.end = ProbedExchange::End::NoHandshake;
        m_promise.addResult(Result<ProbedExchange>(m_result));
        m_promise.finish();
        m_reply->deleteLater();
    }

    QNetworkReply *m_reply;
    QPromise<Result<ProbedExchange>> m_promise;
    QElapsedTimer m_clock;
    ProbedExchange m_result;
    bool m_timedOut = false;
};

} // namespace

Reply<ProbedExchange> exchange(std::shared_ptr<QNetworkAccessManager> network, QUrl url, QString token, QDeadlineTimer deadline)
{
    QNetworkRequest request(url);
    request.setRawHeader("Accept", "application/json, text/plain");
    request.setRawHeader("User-Agent", "conductor-companion/" COMPANION_VERSION);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    if (!token.isEmpty())
        request.setRawHeader("X-Authorization", token.toUtf8());
    auto *listener = new Listener(network->get(request), deadline); // owned by the reply
    return listener->future();
}

} // namespace conductor
