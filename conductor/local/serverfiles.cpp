#include "conductor/local/serverfiles.h"

#include "conductor/base/directories.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace conductor {
namespace {

QString howToFetch()
{
    return u"Run ./run.sh or installer/server-files.sh in the source directory: it fetches what is missing"_s;
}

bool isProgram(const QString &path)
{
    const QFileInfo info(path);
    return info.isFile() && info.isExecutable();
}

// Those directly below the directory, in the order of their names: DIRECTORY/*/bin/java.
QStringList javasBelow(const QString &directory)
{
    QStringList found;
    const QStringList homes = QDir(directory).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    for (const QString &home : homes)
        found << directory + u'/' + home + u"/bin/java"_s;
    return found;
}

// One run of "java -version". Deletes itself when it has answered.
class VersionQuestion : public QObject
{
public:
    explicit VersionQuestion(const QString &program)
        : m_program(program)
    {
        m_process.setProcessChannelMode(QProcess::MergedChannels);
        m_process.setStandardInputFile(QProcess::nullDevice());
        connect(&m_process, &QProcess::finished, this, &VersionQuestion::read);
        connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
            if (error == QProcess::FailedToStart)
                end(Failure({Error::Kind::Validation, u"%1 does not start: %2"_s.arg(m_program, m_process.errorString())}));
        });
        m_patience.setSingleShot(true);
        m_patience.callOnTimeout(this, [this] { end(Failure({Error::Kind::Timeout, u"%1 does not say its version"_s.arg(m_program)})); });
    }

    Reply<int> ask(std::chrono::milliseconds patience)
    {
        m_promise.start();
        const Reply<int> reply = m_promise.future();
        m_patience.start(patience);
        m_process.start(m_program, {u"-version"_s});
        return reply;
    }

private:
    void read()
    {
        // openjdk version "25.0.2" 2026-01-20, java version "1.8.0_392", openjdk version "21-ea"
        static const QRegularExpression version(u" version \"(?:1\\.)?(\\d+)"_s);
        const QRegularExpressionMatch match = version.match(QString::fromLocal8Bit(m_process.readAll()));
        if (match.hasMatch())
            end(match.captured(1).toInt());
        else
            end(Failure({Error::Kind::Validation, u"%1 is no Java"_s.arg(m_program)}));
    }

    void end(Result<int> result)
    {
        if (m_promise.future().isFinished())
            return;
        m_promise.addResult(std::move(result));
        m_promise.finish();
        connect(&m_process, &QProcess::finished, this, &QObject::deleteLater); // until then it would be waited for
        m_process.kill();
        if (m_process.state() == QProcess::NotRunning)
            deleteLater();
    }

    QString m_program;
    QProcess m_process;
    QTimer m_patience;
    QPromise<Result<int>> m_promise;
};

} // namespace

ServerPins serverPins()
{
    QFile file(u":/conductor/server/conductor-server.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("The pins of the local server are not part of this program");
    const QJsonObject json = QJsonDocument::fromJson(file.readAll()).object();
    const QJsonObject server = json[u"server"].toObject();
    const QJsonObject java = json[u"java"].toObject();

    ServerPins pins;
    pins.jarFile = server[u"file"].toString();
    pins.jarSize = server[u"size"].toInteger();
    pins.minimumJava = java[u"minimum"].toInt();
    pins.fetchedJava = u"java/%1-%2/%3"_s.arg(java[u"package"].toString(), java[u"version"].toString(), java[u"program"].toString());
    pins.javaOptions = java[u"options"].toVariant().toStringList();
    pins.serverOptions = server[u"options"].toVariant().toStringList();
    return pins;
}

Result<QString> findServerJar()
{
    const ServerPins pins = serverPins();
    const QFileInfo jar(cacheDirectory() + u"/server/"_s + pins.jarFile);
    if (!jar.isFile())
        return Failure({Error::Kind::NotFound, u"There is no %1 in %2"_s.arg(jar.fileName(), jar.path()), howToFetch()});
    if (jar.size() != pins.jarSize)
        return Failure({Error::Kind::NotFound, u"%1 is not whole"_s.arg(jar.filePath()), u"Remove it. "_s + howToFetch()});
    return jar.filePath();
}

QStringList javaCandidates()
{
    QStringList candidates{qEnvironmentVariable("CONDUCTOR_JAVA")};
    const QString javaHome = qEnvironmentVariable("JAVA_HOME");
    if (!javaHome.isEmpty())
        candidates << javaHome + u"/bin/java"_s;
    candidates << QStandardPaths::findExecutable(u"java"_s);
    const QString home = homeDirectory();
    for (const QString &directory : {u"/usr/lib/jvm"_s, u"/opt"_s, QString(home + u"/.sdkman/candidates/java"_s), QString(home + u"/.jdks"_s)})
        candidates << javasBelow(directory);
    candidates << cacheDirectory() + u'/' + serverPins().fetchedJava;

    candidates.removeIf([](const QString &candidate) { return !isProgram(candidate); });
    candidates.removeDuplicates();
    return candidates;
}

Reply<int> javaVersion(QString program, std::chrono::milliseconds patience)
{
    auto *question = new VersionQuestion(program); // deletes itself
    return question->ask(patience);
}

Reply<QString> findJava(QStringList candidates)
{
    const int minimum = serverPins().minimumJava;
    QStringList refused;
    for (const QString &candidate : std::as_const(candidates)) {
        const Result<int> version = co_await outcome(javaVersion(candidate));
        if (version && *version >= minimum)
            co_return candidate;
        refused << (version ? u"%1 is Java %2"_s.arg(candidate).arg(*version) : version.error().message);
    }
    const QString found = refused.isEmpty() ? u"none was found"_s : refused.join(u", "_s);
    co_return Failure({Error::Kind::NotFound, u"The Conductor server needs Java %1 or later: %2"_s.arg(minimum).arg(found), howToFetch()});
}

} // namespace conductor
