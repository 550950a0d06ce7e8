// Reads the requests of one connection from its bytes, however they are cut, within limits. Owned by the connection.
#pragma once

#include "mcp/transport/httpmessage.h"

#include <memory>

namespace mcp {

class HttpParser
{
public:
    static constexpr qsizetype headerLimit = 16 * 1024;
    static constexpr qsizetype bodyLimit = 4 * 1024 * 1024;

    enum class State {
        Reading, // more bytes are needed
        Header,  // told once, before any byte of the body is taken: request() has all but the body
        Done,    // request() is whole; what came behind it is kept for next()
        Failed   // status() and problem() say why; the connection cannot go on
    };

    HttpParser();
    ~HttpParser();

    State feed(const QByteArray &bytes);
    void next(); // begins with the request behind the one that is done

    const HttpRequest &request() const { return m_request; }
    HttpRequest takeRequest() { return std::move(m_request); }
    bool hasBegun() const { return m_headerSeen || !m_bytes.isEmpty(); }
    int status() const { return m_status; }
    QString problem() const { return m_problem; }

private:
    struct Machine;

    State readHeader();
    State readBody();
    State fail(int status, const QString &problem);
    void takeHeader();

    std::unique_ptr<Machine> m_machine;
    QByteArray m_bytes; // not yet read
    HttpRequest m_request;
    bool m_headerSeen = false;
    int m_status = 0;
    QString m_problem;
};

} // namespace mcp
