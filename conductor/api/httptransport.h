// Asks a Conductor server over HTTP. One per profile and thread; lives as long as a reply of it is awaited.
#pragma once

#include "conductor/api/transport.h"

#include <QNetworkAccessManager>
#include <QUrl>

namespace conductor {

class HttpTransport : public Transport
{
public:
    // baseUrl: with /api at its end, without a slash behind it.
    explicit HttpTransport(QUrl baseUrl);
    ~HttpTransport() override;

    // A request that is not repeatable goes out once at the most, also when the connection breaks under it: Qt itself would
    // send it again. Redirects are not followed. Answers over 64 MiB are an error.
    Reply<QJsonValue> send(Request request) override;

    static constexpr qint64 largestAnswer = 64 * 1024 * 1024;

private:
    QUrl urlOf(const Request &request) const;

    QUrl m_baseUrl;
    QNetworkAccessManager m_network;
};

} // namespace conductor
