// A pipe of lines to somebody: the AI client, the companion, a child, or the server in this very process.
#pragma once

#include <QByteArray>
#include <QObject>

namespace mcp {

class Link : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    // How much may wait to be taken by the other side before whoever feeds this link should pause.
    static constexpr qint64 highWater = 4 * 1024 * 1024;

    virtual void send(const QByteArray &line) = 0; // without a line break
    virtual qint64 unsent() const = 0;             // bytes the other side has not taken yet

    // While paused nothing is read; the other side notices when its buffer is full.
    virtual void setPaused(bool paused) = 0;

    // No more is sent; what waits still goes out.
    virtual void close() = 0;

Q_SIGNALS:
    void received(QByteArray line);
    void overlong();  // a line was too long and has been skipped
    void drained();   // unsent() fell below highWater again
    void closed();    // the other side ended; every whole line of it has been received
};

} // namespace mcp
