#include "mcp/transport/httpparser.h"

// Only here: it takes long to compile.
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

using namespace Qt::StringLiterals;
namespace http = boost::beast::http;

namespace mcp {

struct HttpParser::Machine {
    Machine()
    {
        parser.header_limit(std::uint32_t(headerLimit));
        parser.body_limit(std::uint64_t(bodyLimit));
    }

    http::request_parser<http::string_body> parser;
};

namespace {

QByteArray bytesOf(boost::beast::string_view text)
{
    return QByteArray(text.data(), qsizetype(text.size()));
}

// A field that goes on in the next line: nobody sends it but who wants two readers to read differently.
bool isFolded(QByteArrayView header)
{
    return header.indexOf("\r\n ") >= 0 || header.indexOf("\r\n\t") >= 0;
}

// Known by its beginning, before the end of a header that will never come: TLS, lines that end otherwise.
bool isNoRequest(const QByteArray &bytes)
{
    const qsizetype line = bytes.indexOf('\n');
    return (!bytes.isEmpty() && (bytes[0] <= ' ' || bytes[0] >= 0x7f)) || line == 0 || (line > 0 && bytes[line - 1] != '\r');
}

} // namespace

HttpParser::HttpParser()
    : m_machine(std::make_unique<Machine>())
{
}

HttpParser::~HttpParser() = default;

HttpParser::State HttpParser::feed(const QByteArray &bytes)
{
    m_bytes += bytes;
    if (m_status != 0)
        return State::Failed;
    return m_headerSeen ? readBody() : readHeader();
}

void HttpParser::next()
{
    m_machine = std::make_unique<Machine>();
    m_request = {};
    m_headerSeen = false;
}

// The machine takes nothing before the whole header is there, so that it is seen as it was sent.
HttpParser::State HttpParser::readHeader()
{
    const qsizetype end = m_bytes.indexOf("\r\n\r\n");
    if (end > headerLimit || (end < 0 && m_bytes.size() > headerLimit + 3))
        return fail(431, u"The header may be %1 KiB long"_s.arg(headerLimit / 1024));
    if (end < 0)
        return isNoRequest(m_bytes) ? fail(400, u"Not a request of HTTP/1.1"_s) : State::Reading;
    if (isFolded(QByteArrayView(m_bytes).first(end)))
        return fail(400, u"A header field must not go on in the next line"_s);
    boost::beast::error_code error;
    const size_t taken = m_machine->parser.put(boost::asio::buffer(m_bytes.constData(), size_t(m_bytes.size())), error);
    m_bytes.remove(0, qsizetype(taken));
    if (error == http::error::need_more)
        return State::Reading;
    if (error == http::error::body_limit)
        return fail(413, u"A message may be %1 MiB long"_s.arg(bodyLimit >> 20));
    if (error)
        return fail(error == http::error::header_limit ? 431 : 400, u"Not a request of HTTP/1.1: %1"_s.arg(QString::fromStdString(error.message())));
    if (!m_machine->parser.is_header_done())
        return State::Reading;
    m_headerSeen = true;
    m_machine->parser.eager(true);
    takeHeader();
    return State::Header;
}

HttpParser::State HttpParser::readBody()
{
    auto &parser = m_machine->parser;
    // In chunks five bytes are always still to come, "0\r\n\r\n"; with less behind the last length the machine trips over its own checks.
    const qsizetype least = parser.chunked() ? 5 : 1;
    while (!parser.is_done() && m_bytes.size() >= least) {
        boost::beast::error_code error;
        const size_t taken = parser.put(boost::asio::buffer(m_bytes.constData(), size_t(m_bytes.size())), error);
        m_bytes.remove(0, qsizetype(taken));
        if (error == http::error::body_limit)
            return fail(413, u"A message may be %1 MiB long"_s.arg(bodyLimit >> 20));
        if (error && error != http::error::need_more)
            return fail(400, u"The body is not readable: %1"_s.arg(QString::fromStdString(error.message())));
        if (taken == 0 && m_bytes.size() > headerLimit)
            return fail(400, u"The length of a piece of the body is not readable"_s);
        if (taken == 0 || error == http::error::need_more)
            break;
    }
    if (!parser.is_done())
        return State::Reading;
    m_request.body = QByteArray::fromStdString(parser.get().body());
    return State::Done;
}

void HttpParser::takeHeader()
{
    const auto &message = m_machine->parser.get();
    const QByteArray target = bytesOf(message.target());
    const qsizetype question = target.indexOf('?');
    m_request.method = bytesOf(message.method_string());
    m_request.path = question < 0 ? target : target.first(question);
    m_request.query = question < 0 ? QByteArray() : target.mid(question + 1);
    m_request.keepAlive = m_machine->parser.keep_alive();
    m_request.chunks = message.version() >= 11;
    for (const auto &field : message)
        m_request.headers.emplace_back(bytesOf(field.name_string()).toLower(), bytesOf(field.value()).trimmed());
}

HttpParser::State HttpParser::fail(int status, const QString &problem)
{
    m_status = status;
    m_problem = problem;
    return State::Failed;
}

} // namespace mcp
