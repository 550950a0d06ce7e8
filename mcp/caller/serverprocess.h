// A conductor-mcp of somebody who asks it himself, over its standard input and output. Started without waiting; ended for certain.
// Whoever converses with it owns it.
#pragma once

#include "mcp/protocol/linereader.h"
#include "mcp/transport/link.h"

#include <QProcess>
#include <QTimer>

namespace mcp {

class ServerProcess : public Link
{
    Q_OBJECT

public:
    ServerProcess(const QString &program, const QStringList &arguments, QObject *parent = nullptr); // starts it
    ~ServerProcess() override; // ends it, waiting 1.5 s at the most

    void send(const QByteArray &line) override;
    qint64 unsent() const override { return m_early.size() + m_process.bytesToWrite(); }
    void setPaused(bool paused) override;
    void close() override; // it has 2 s to end by itself, then SIGTERM, and 2 s later SIGKILL

    qint64 pid() const { return m_process.processId(); }
    QString end() const { return m_end; } // how it ended: "exit code 0", "cannot be started: …"; empty while it runs

Q_SIGNALS:
    void wrote(QByteArray text); // to standard error

private:
    void start(const QString &program, const QStringList &arguments);
    void readSome();
    void finish(const QString &how);

    QProcess m_process;
    QTimer m_insist;
    int m_insistence = 0;
    LineReader m_lines;
    QString m_end;
    QByteArray m_early; // sent before it was started
    bool m_closed = false;
    bool m_paused = false;
};

} // namespace mcp
