// One HTTP request to a Conductor server, as a value. Path segments and query values are encoded here and nowhere else.
#pragma once

#include <QDeadlineTimer>
#include <QJsonValue>
#include <QStringList>
#include <QUrl>
#include <QUrlQuery>

#include <chrono>
#include <functional>
#include <stop_token>

namespace conductor {

struct Request {
    enum class Verb { Get, Post, Put, Delete };
    enum class Root { Api, Server }; // below …/api, or below the server itself (/api-docs, /actuator/info)

    Verb verb = Verb::Get;
    QStringList segments = {}; // not yet encoded
    QUrlQuery query = {};
    QJsonValue body = QJsonValue::Undefined;
    QString text = {}; // a text/plain body instead of JSON, when not null
    Root root = Root::Api;
    QString token = {}; // X-Authorization; set by TokenTransport only
    std::stop_token stop = {};
    QDeadlineTimer deadline = QDeadlineTimer::Forever;
    // Told each time this was sent, when that ended: how long it took, and the status of the answer, 0 without one.
    using Observer = std::function<void(std::chrono::microseconds took, int status)>;
    Observer observer = {};
    bool repeatable = false; // sending it twice does no harm; said per call, since some of the server's GETs act

    // The copy with one more query item; an empty value is left out.
    Request with(const QString &key, const QString &value) const
    {
        Request request = *this;
        if (!value.isEmpty())
            request.query.addQueryItem(QString::fromLatin1(QUrl::toPercentEncoding(key)), QString::fromLatin1(QUrl::toPercentEncoding(value)));
        return request;
    }
    Request with(const QString &key, int value) const { return with(key, QString::number(value)); }
    Request with(const QString &key, bool value) const { return with(key, value ? QStringLiteral("true") : QStringLiteral("false")); }

    Request json(QJsonValue value) const
    {
        Request request = *this;
        request.body = std::move(value);
        return request;
    }

    Request plainText(QString value) const
    {
        Request request = *this;
        request.text = value.isNull() ? QStringLiteral("") : std::move(value);
        return request;
    }

    Request belowServer() const
    {
        Request request = *this;
        request.root = Root::Server;
        return request;
    }

    Request repeatably() const
    {
        Request request = *this;
        request.repeatable = true;
        return request;
    }
};

template <typename... Segments>
Request get(const Segments &...segments)
{
    return {Request::Verb::Get, {QString(segments)...}};
}

template <typename... Segments>
Request post(const Segments &...segments)
{
    return {Request::Verb::Post, {QString(segments)...}};
}

template <typename... Segments>
Request put(const Segments &...segments)
{
    return {Request::Verb::Put, {QString(segments)...}};
}

template <typename... Segments>
Request del(const Segments &...segments)
{
    return {Request::Verb::Delete, {QString(segments)...}};
}

// "GET", "POST", "PUT", "DELETE".
QByteArray verbName(Request::Verb verb);

} // namespace conductor
