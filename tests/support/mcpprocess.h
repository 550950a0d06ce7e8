// A client at the end of a real conductor-mcp process: writes lines to it, reads what it answers, and holds that every line of
// its standard output is JSON-RPC.
#pragma once

#include <QJsonObject>
#include <QProcess>

#include <optional>

namespace support {

class McpProcess : public QObject
{
public:
    struct Options { // of how it is started
        QStringList arguments = {};
        QHash<QString, QString> environment = {}; // on top of the test's own
        bool bareEnvironment = false;             // only HOME, PATH and USER, as some AI clients start servers
    };

    McpProcess() : McpProcess(Options()) {}
    explicit McpProcess(const Options &options);
    ~McpProcess() override; // kills it

    bool start();
    qint64 pid() const { return process.processId(); }

    // initialize, then notifications/initialized; the result of the first.
    QJsonObject handshake(const QString &revision = QStringLiteral("2025-11-25"));

    // Sends a request with an id of its own and waits for its answer; empty when none came in time.
    QJsonObject ask(const QString &method, const QJsonObject &params = {}, int timeoutMs = 30000);
    // The result of a tool call, whether it is an error or not.
    QJsonObject call(const QString &tool, const QJsonObject &arguments = {}, int timeoutMs = 30000);
    static QString textOf(const QJsonObject &result) { return result[u"content"][0][u"text"].toString(); }

    // Without waiting: the id of the request.
    int post(const QString &method, const QJsonObject &params = {});
    int postCall(const QString &tool, const QJsonObject &arguments = {});
    void send(const QByteArray &line); // with a line break behind it
    std::optional<QJsonObject> answerTo(int id) const;
    bool waitForAnswer(int id, int timeoutMs = 30000);

    void closeInput() { process.closeWriteChannel(); }
    bool waitForExit(int timeoutMs);
    int exitCode() const { return process.exitCode(); }

    QProcess process;
    QList<QJsonObject> messages; // all that came, in order
    QByteArrayList garbage;      // lines of standard output that are not JSON-RPC
    QByteArray errorOutput;

private:
    void read();

    QByteArray m_buffer;
    QHash<int, QJsonObject> m_answers;
    int m_lastId = 0;
};

// The conductor-mcp of this build.
QString conductorMcp();

} // namespace support
