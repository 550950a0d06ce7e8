// One GET of Probe as it went over the wire: what HttpTransport turns into an Error is looked at in detail here. For this
// folder only.
#pragma once

#include "conductor/base/reply.h"

#include <QDeadlineTimer>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSslError>
#include <QUrl>

#include <memory>

namespace conductor {

struct ProbedExchange {
    enum class End { Answered, TimedOut, HostUnknown, Refused, Untrusted, NoHandshake, Closed, Garbled, Unreachable };

    End end = End::Unreachable;
    QString reason = {};          // the system's words, when there was no answer
    QList<QSslError> doubts = {}; // about the server's certificate
    bool secure = false;          // the peer speaks TLS, trusted or not
    int status = 0;
    QByteArray contentType = {};
    QByteArray body = {}; // at most a MiB; empty when there was more
    QUrl location = {};   // of a redirect, which is not followed
    qint64 tookMs = 0;

    bool answered() const { return end == End::Answered; }
    bool isPage() const { return contentType.startsWith("text/html"); }
};

// Never fails: what goes wrong is the end. The token may be empty.
Reply<ProbedExchange> exchange(std::shared_ptr<QNetworkAccessManager> network, QUrl url, QString token, QDeadlineTimer deadline);

} // namespace conductor
