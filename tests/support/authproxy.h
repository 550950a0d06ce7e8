// Stands in front of a real Conductor server and asks for tokens as Orkes Conductor does, so that keys, expiry and rotation
// are tested over real HTTP. Also says what a real server cannot be made to say. Owned by the test.
//
//   POST /api/token {"keyId","keySecret"} → {"token": JWT with exp}, 401 for a key that is not on the list
//   any other /api call needs X-Authorization: 401 {"error":"INVALID_TOKEN"|"EXPIRED_TOKEN","message"} without a good one
//   all else goes to the server behind it
#pragma once

#include <QHash>
#include <QNetworkAccessManager>
#include <QTcpServer>
#include <QUrl>

#include <chrono>
#include <deque>
#include <vector>

class QTcpSocket;

namespace support {

class AuthProxy : public QObject
{
    Q_OBJECT

public:
    // One request and what came of it.
    struct Seen {
        QByteArray method = {};
        QByteArray path = {};   // with its query, as sent
        QByteArray token = {};  // of X-Authorization
        int status = 0;         // as answered; 0: not yet, or the connection was closed
        bool forwarded = false; // it reached the server behind
    };

    // An answer given instead of any other.
    struct Fixed {
        int status = 200; // 0: the connection is closed without an answer
        QByteArray body = "{}";
        QByteArray contentType = "application/json";
        QByteArray path = {};                 // only for paths that begin so; empty: for all but /api/token
        std::chrono::milliseconds delay = {}; // before it
        QByteArray header = {};               // one more, such as "Location: …"
    };

    // upstream: the server's base URL, with /api; empty: every call with a good token is answered with {}.
    explicit AuthProxy(QUrl upstream = {}, QObject *parent = nullptr);
    ~AuthProxy() override;

    bool listen(quint16 port = 0);
    QUrl url() const; // with /api

    void addKey(const QString &id, const QString &secret);
    void revokeKey(const QString &id); // its tokens are INVALID_TOKEN from now on
    void expireKey(const QString &id); // /token says EXPIRED_KEY

    std::chrono::seconds tokenLife{3600}; // of tokens given from now on; 0: expired at once
    bool demandsTokens = true;            // false: as a server without authentication; /api/token is 404 behind it

    void answerNext(Fixed answer, int times = 1);
    static Fixed busyDatabase(); // 500 with SQLite's text, as a real server under load says it

    const std::vector<Seen> &seen() const { return m_seen; }
    void forget() { m_seen.clear(); }
    int tokensAsked() const;
    int forwarded() const;

Q_SIGNALS:
    void asked(); // a request has been read

private:
    struct Http;   // a request read from a socket
    struct Answer; // what goes back
    class Connection;

    void handle(Connection *connection, const Http &request);
    Answer tokenFor(const QByteArray &body) const;
    std::optional<Answer> refusalOf(const QByteArray &token) const;
    std::optional<Fixed> fixedFor(const QByteArray &path);
    void forward(Connection *connection, const Http &request, std::size_t index);
    QByteArray sign(const QByteArray &text) const;

    const QUrl m_upstream;
    QTcpServer m_server;
    QNetworkAccessManager m_network;
    QHash<QString, QString> m_keys;
    QStringList m_expired;
    std::deque<Fixed> m_fixed;
    std::vector<Seen> m_seen;
    QByteArray m_signingKey;
    mutable int m_given = 0;
};

} // namespace support
