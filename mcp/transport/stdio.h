// The client that started us, on our standard input and output.
#pragma once

#include "mcp/protocol/linereader.h"
#include "mcp/transport/link.h"

#include <QSocketNotifier>

namespace mcp {

// First thing in main: makes sure that descriptors 0 to 2 are open, moves standard output to a private descriptor and points
// the old one at standard error, so that whatever a library prints never reaches the protocol. Returns the private one, or -1
// when there was no standard input to serve.
int claimStandardOutput();

class StdioLink : public Link
{
    Q_OBJECT

public:
    // Takes over the descriptors. Reads with one blocking read() per activation: no O_NONBLOCK, which would leak to whoever
    // shares the descriptor.
    StdioLink(int in, int out, QObject *parent = nullptr);
    ~StdioLink() override;

    void send(const QByteArray &line) override;
    qint64 unsent() const override { return m_out.size() - m_outAt; }
    void setPaused(bool paused) override;
    void close() override;

private:
    void readSome();
    void writeSome();
    void end();

    int m_inFd;
    int m_outFd;
    QSocketNotifier m_readable;
    QSocketNotifier m_writable;
    LineReader m_lines;
    QByteArray m_out;
    qint64 m_outAt = 0;
    bool m_ended = false;
};

} // namespace mcp
