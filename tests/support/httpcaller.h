// One connection of an HTTP client that may misbehave: sends bytes as they are given, and reads answers and streams of events.
#pragma once

#include <QHash>
#include <QJsonObject>
#include <QTcpSocket>

namespace support {

class HttpCaller
{
public:
    using Headers = QList<std::pair<QByteArray, QByteArray>>;

    struct Answer {
        int status = 0; // 0: none came
        QHash<QByteArray, QByteArray> headers; // names in lower case
        QByteArray body; // so far, when it is a stream

        QJsonObject json() const;
        bool isStream() const { return headers.value("content-type").startsWith("text/event-stream"); }
        QList<QJsonObject> messages() const; // of its events
        QByteArrayList eventIds() const;
    };

    explicit HttpCaller(quint16 port);

    // A request with a Host of this machine and what an MCP client says of its body, unless the headers say otherwise.
    static QByteArray request(const QByteArray &method, const QByteArray &path, const QByteArray &body = {}, const Headers &headers = {});

    void send(const QByteArray &bytes) { socket.write(bytes); }
    Answer next(int timeoutMs = 10000); // the next whole answer; of a stream its head
    Answer ask(const QByteArray &method, const QByteArray &path, const QByteArray &body = {}, const Headers &headers = {});

    // Of the stream that is open: all of it so far, when it has so many messages or has ended.
    Answer stream(qsizetype messages, int timeoutMs = 10000);
    bool streamEnded() const { return m_ended; }
    bool isClosed(int timeoutMs = 10000); // by the server

    QTcpSocket socket;

private:
    bool takeHead();
    bool takeBody();
    bool takeChunks();

    QByteArray m_bytes;
    Answer m_answer;
    bool m_headTaken = false;
    bool m_ended = false;
};

} // namespace support
