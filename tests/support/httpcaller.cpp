#include "support/httpcaller.h"

#include <QJsonDocument>
#include <QTest>

#include <algorithm>

namespace support {

QJsonObject HttpCaller::Answer::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QList<QJsonObject> HttpCaller::Answer::messages() const
{
    QList<QJsonObject> all;
    for (const QByteArray &line : body.split('\n')) {
        if (line.startsWith("data: {"))
            all << QJsonDocument::fromJson(line.mid(6)).object();
    }
    return all;
}

QByteArrayList HttpCaller::Answer::eventIds() const
{
    QByteArrayList ids;
    for (const QByteArray &line : body.split('\n')) {
        if (line.startsWith("id: "))
            ids << line.mid(4);
    }
    return ids;
}

HttpCaller::HttpCaller(quint16 port)
{
    socket.connectToHost(QStringLiteral("127.0.0.1"), port);
}

QByteArray HttpCaller::request(const QByteArray &method, const QByteArray &path, const QByteArray &body, const Headers &headers)
{
    Headers all = headers;
    const auto add = [&all](const QByteArray &name, const QByteArray &value) {
        if (std::none_of(all.begin(), all.end(), [&](const auto &header) { return header.first.toLower() == name.toLower(); }))
            all.emplace_back(name, value);
    };
    add("Host", "127.0.0.1");
    add("Accept", "application/json, text/event-stream");
    if (!body.isEmpty()) {
        add("Content-Type", "application/json");
        add("Content-Length", QByteArray::number(body.size()));
    }
    QByteArray bytes = method + ' ' + path + " HTTP/1.1\r\n";
    for (const auto &[name, value] : all)
        bytes += name + ": " + value + "\r\n";
    return bytes + "\r\n" + body;
}

HttpCaller::Answer HttpCaller::next(int timeoutMs)
{
    m_answer = {};
    m_headTaken = false;
    m_ended = false;
    const bool came = QTest::qWaitFor([this] { return takeHead() && (m_answer.isStream() || takeBody()); }, timeoutMs);
    return came ? m_answer : Answer();
}

HttpCaller::Answer HttpCaller::ask(const QByteArray &method, const QByteArray &path, const QByteArray &body, const Headers &headers)
{
    send(request(method, path, body, headers));
    return next();
}

HttpCaller::Answer HttpCaller::stream(qsizetype messages, int timeoutMs)
{
    [[maybe_unused]] const bool came = QTest::qWaitFor(
        [&] {
            takeHead();
            return takeChunks() || m_answer.messages().size() >= messages;
        },
        timeoutMs);
    return m_answer;
}

bool HttpCaller::isClosed(int timeoutMs)
{
    return QTest::qWaitFor([this] { return socket.state() == QAbstractSocket::UnconnectedState; }, timeoutMs);
}

bool HttpCaller::takeHead()
{
    m_bytes += socket.readAll();
    if (m_headTaken)
        return true;
    const qsizetype end = m_bytes.indexOf("\r\n\r\n");
    if (end < 0)
        return false;
    const QByteArrayList lines = m_bytes.first(end).split('\n');
    m_bytes.remove(0, end + 4);
    m_answer.status = lines[0].split(' ').value(1).toInt();
    if (m_answer.status == 100)
        return takeHead();
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        m_answer.headers.insert(line.first(colon).toLower(), line.mid(colon + 1).trimmed());
    }
    m_headTaken = true;
    return true;
}

bool HttpCaller::takeBody()
{
    const qsizetype length = m_answer.headers.value("content-length").toLongLong();
    if (m_bytes.size() < length)
        return false;
    m_answer.body = m_bytes.first(length);
    m_bytes.remove(0, length);
    return true;
}

bool HttpCaller::takeChunks()
{
    while (!m_ended) {
        const qsizetype line = m_bytes.indexOf("\r\n");
        const qsizetype size = line < 0 ? 0 : m_bytes.first(line).toLongLong(nullptr, 16);
        if (line < 0 || m_bytes.size() < line + 4 + size)
            return false;
        m_answer.body += m_bytes.mid(line + 2, size);
        m_bytes.remove(0, line + 4 + size);
        m_ended = size == 0;
    }
    return true;
}

} // namespace support
