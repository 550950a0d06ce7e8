#include "mcp/transport/eventstream.h"

namespace mcp {
namespace {

constexpr std::chrono::milliseconds comeBackAfter(500);

} // namespace

EventStream::EventStream(Shape shape, HttpConnection *connection, QObject *parent)
    : QObject(parent)
    , m_shape(shape)
    , m_connection(connection)
{
    m_soon.setSingleShot(true);
    m_soon.callOnTimeout(this, &EventStream::open);
    m_turn.setSingleShot(true);
    m_turn.callOnTimeout(this, &EventStream::leave);
    if (connection)
        m_soon.start(connection->limits().streamAfter);
}

void EventStream::announce(const QByteArray &name, const QByteArray &value)
{
    m_headers.emplace_back(name, value);
}

void EventStream::open()
{
    m_soon.stop();
    if (m_opened || !isConnected())
        return;
    m_opened = true;
    m_connection->beginStream(m_headers);
    if (m_shape.primed)
        add({});
    if (m_shape.polled)
        m_turn.start(m_connection->limits().streamTime);
}

void EventStream::send(const QByteArray &line)
{
    open();
    if (m_opened)
        add(line);
}

// A client that was never told an event's id has nothing to come back with: then the answer to a lost connection is lost too.
void EventStream::answer(const QByteArray &line)
{
    if (m_ended)
        return;
    m_soon.stop();
    m_ended = true;
    if (!m_opened) {
        if (isConnected())
            m_connection->answer({.body = line, .headers = m_headers});
        m_connection = nullptr;
        return;
    }
    add(line);
    close();
}

void EventStream::refuse(HttpAnswer answer)
{
    if (m_opened || m_ended) {
        end();
        return;
    }
    m_soon.stop();
    m_ended = true;
    if (isConnected())
        m_connection->answer(std::move(answer));
    m_connection = nullptr;
}

void EventStream::end()
{
    if (m_ended)
        return;
    open();
    m_ended = true;
    close();
}

// Long calls should not hold a connection all the time; what comes meanwhile is kept.
void EventStream::leave()
{
    if (isConnected())
        m_connection->event("retry: " + QByteArray::number(comeBackAfter.count()) + "\n\n");
    close();
}

void EventStream::close()
{
    m_turn.stop();
    if (isConnected())
        m_connection->endStream();
    m_connection = nullptr;
}

bool EventStream::resume(HttpConnection *connection, qint64 last)
{
    const qint64 oldest = m_events.empty() ? m_last + 1 : m_events.front().number;
    if (last > m_last || last + 1 < oldest)
        return false;
    if (isConnected())
        m_connection->close(); // half dead: its client is here
    m_connection = connection;
    m_opened = true;
    connection->beginStream(m_headers);
    for (const Event &event : m_events) {
        if (event.number > last)
            connection->event(wireForm(event.number, event.line));
    }
    if (m_ended)
        close();
    else if (m_shape.polled)
        m_turn.start(connection->limits().streamTime);
    return true;
}

void EventStream::keepWithin(qsizetype bytes)
{
    while (m_kept > bytes && m_events.size() > 1) {
        m_kept -= m_events.front().line.size();
        m_events.pop_front();
    }
}

void EventStream::add(const QByteArray &line)
{
    m_events.push_back({++m_last, line});
    m_kept += line.size();
    if (isConnected())
        m_connection->event(wireForm(m_last, line));
}

QByteArray EventStream::wireForm(qint64 number, const QByteArray &line) const
{
    const QByteArray id = "id: " + QByteArray::number(m_shape.number) + '-' + QByteArray::number(number) + '\n';
    if (line.isEmpty())
        return id + "data: \n\n";
    return id + "event: message\ndata: " + line + "\n\n";
}

} // namespace mcp
