// A client's file survives us: for every AI client that is known, our entry goes in beside everything else that stands there, an undo
// brings back every byte, and nothing is written where something is not understood, protected, or changed by somebody else.
#include "mcp/clients/clientwatch.h"
#include "mcp/clients/registrar.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QUrlQuery>
#include <QtTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace conductor;
using namespace mcp;

namespace {

const QString program = u"/opt/conductor/bin/conductor-mcp"_s;
const QString golden = QStringLiteral(TESTS_DIR) + u"/mcp/clients/golden"_s;

EntryWish wishFor(const QString &profile) { return {program, profile}; }

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void put(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

Client clientNamed(const QString &id)
{
    const std::vector<Client> all = knownClients();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Client &client) { return client.id == id; });
    return found == all.end() ? Client() : *found;
}

QByteArray sampleOf(const Client &client) { return contentOf(u"%1/%2/others.before"_s.arg(golden, client.id)); }
mode_t modeOf(const QString &path)
{
    struct stat info = {};
    return lstat(QFile::encodeName(path).constData(), &info) == 0 ? info.st_mode : 0;
}

} // namespace

class TestRegistrar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        QDir home(QDir::homePath());
        for (const QString &entry : home.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)) {
            const QString path = home.filePath(entry);
            if (QFileInfo(path).isDir() && !QFileInfo(path).isSymLink())
                QDir(path).removeRecursively();
            else
                QFile::remove(path);
        }
    }

    void entryGoesInAndOut_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("name");
        for (const Client &client : knownClients()) {
            for (const QString &after : QDir(golden + u'/' + client.id).entryList({u"*.after"_s}, QDir::Files))
                QTest::addRow("%s %s", qPrintable(client.id), qPrintable(after)) << client.id << after.chopped(6);
        }
    }

    void entryGoesInAndOut()
    {
        QFETCH(QString, id);
        QFETCH(QString, name);
        const Client client = clientNamed(id);
        const QString before = u"%1/%2/%3.before"_s.arg(golden, id, name);
        const QByteArray after = contentOf(u"%1/%2/%3.after"_s.arg(golden, id, name));
        const bool existed = QFile::exists(before);
        if (existed)
            put(client.file, contentOf(before));
        else
            QDir().mkpath(QFileInfo(client.file).path());

        const Result<ClientPlan> plan = m_registrar.planRegister(client, wishFor(u"team server"_s));
        QVERIFY2(plan, plan ? "" : qPrintable(sentence(plan.error())));
        QCOMPARE(plan->after, after);
        QCOMPARE(QFile::exists(client.file), existed); // a plan writes nothing
        carryOut(*plan);
        QCOMPARE(contentOf(client.file), after);
        const ClientState state = m_registrar.state(client);
        QCOMPARE(state.entry, ClientState::Entry::Ours);
        QCOMPARE(state.found.profile, u"team server"_s);
        QVERIFY(m_registrar.planRegister(client, wishFor(u"team server"_s))->changesNothing());

        carryOut(*m_registrar.planUndo(client));
        QCOMPARE(QFile::exists(client.file), existed);
        QCOMPARE(contentOf(client.file), existed ? contentOf(before) : QByteArray());
        QCOMPARE(m_registrar.state(client).entry, ClientState::Entry::None);
        QVERIFY(!m_registrar.state(client).canUndo);
    }

    void everyClientIsCovered()
    {
        QVERIFY(knownClients().size() >= 19);
        for (const Client &client : knownClients()) {
            const QStringList cases = QDir(golden + u'/' + client.id).entryList({u"*.after"_s}, QDir::Files, QDir::Name);
            QCOMPARE(cases.size(), 8);
        }
    }

    void goesAgain_data() { clients(); }
    void goesAgain()
    {
        const Client client = current();
        put(client.file, sampleOf(client));
        carryOut(*m_registrar.planRegister(client, wishFor(u"one"_s)));
        carryOut(*m_registrar.planRegister(client, wishFor(u"two"_s)));
        QCOMPARE(m_registrar.state(client).found.profile, u"two"_s);
        carryOut(*m_registrar.planUnregister(client));
        QCOMPARE(m_registrar.state(client).entry, ClientState::Entry::None);
        QCOMPARE(m_registrar.state(client).drift, ClientState::Drift::None);
        QCOMPARE(contentOf(client.file).trimmed(), sampleOf(client).trimmed());
        QVERIFY(m_registrar.planUnregister(client)->changesNothing());
        carryOut(*m_registrar.planUndo(client)); // of the removal
        QCOMPARE(m_registrar.state(client).found.profile, u"two"_s);
    }

    void symbolicLinksStay_data() { clients(); }
    void symbolicLinksStay()
    {
        const Client client = current();
        const QString real = QDir::homePath() + u"/dotfiles/settings"_s;
        put(real, sampleOf(client));
        QVERIFY(chmod(QFile::encodeName(real).constData(), 0640) == 0);
        QDir().mkpath(QFileInfo(client.file).path());
        QVERIFY(QFile::link(real, client.file));
        carryOut(*m_registrar.planRegister(client, wishFor(u"one"_s)));
        QVERIFY(S_ISLNK(modeOf(client.file)));
        QCOMPARE(modeOf(real) & 0777, mode_t(0640));
        QVERIFY(contentOf(real).contains("conductor-mcp"));
        carryOut(*m_registrar.planUndo(client));
        QVERIFY(S_ISLNK(modeOf(client.file)));
        QCOMPARE(contentOf(real), sampleOf(client));
    }

    void readOnlyIsRespected_data() { clients(); }
    void readOnlyIsRespected()
    {
        const Client client = current();
        put(client.file, sampleOf(client));
        QVERIFY(chmod(QFile::encodeName(client.file).constData(), 0444) == 0);
        const Result<QString> done = ended(*m_registrar.planRegister(client, wishFor(u"one"_s)));
        QVERIFY(!done);
        QVERIFY2(done.error().message.contains(u"read only"_s), qPrintable(done.error().message));
        QCOMPARE(contentOf(client.file), sampleOf(client));
        QVERIFY(!m_registrar.state(client).canUndo);
    }

    void whatIsNotUnderstoodIsLeftAlone_data() { clients(); }
    void whatIsNotUnderstoodIsLeftAlone()
    {
        const Client client = current();
        const QByteArray broken = client.place.format == EntryPlace::Format::Json   ? "{\n  \"a\": 1\n  \"b\": 2\n}\n"
                                  : client.place.format == EntryPlace::Format::Toml ? "a = 1\nb = = 2\n"
                                                                                    : "a: 1\nb: [1, 2\nc: {\n";
        put(client.file, broken);
        for (const Result<ClientPlan> &plan : {m_registrar.planRegister(client, wishFor(u"one"_s)), m_registrar.planUnregister(client)}) {
            QVERIFY(!plan);
            const QString line = client.place.format == EntryPlace::Format::Toml ? u"line 2, column "_s : u"line 3, column "_s;
            QVERIFY2(plan.error().message.contains(line), qPrintable(plan.error().message));
            QVERIFY(plan.error().message.contains(client.file));
        }
        QCOMPARE(m_registrar.state(client).entry, ClientState::Entry::Unreadable);
        QCOMPARE(contentOf(client.file), broken);
    }

    void whatOthersWroteMeanwhileStays_data() { clients(); }
    void whatOthersWroteMeanwhileStays()
    {
        const Client client = current();
        put(client.file, sampleOf(client));
        const ClientPlan plan = *m_registrar.planRegister(client, wishFor(u"one"_s));
        const QByteArray theirs = QByteArray(sampleOf(client) + "\n");
        put(client.file, theirs);
        const Result<QString> done = ended(plan);
        QVERIFY(!done);
        QCOMPARE(done.error().kind, Error::Kind::Conflict);
        QCOMPARE(contentOf(client.file), theirs);
        QCOMPARE(replaceConfig(plan.seen, plan.after).error().kind, Error::Kind::Conflict); // under the lock too

        // After an undo of ours what others wrote since is still there.
        carryOut(*m_registrar.planRegister(client, wishFor(u"one"_s)));
        put(client.file, QByteArray(contentOf(client.file) + "\n"));
        const ClientPlan undo = *m_registrar.planUndo(client);
        QVERIFY(!undo.isWhole);
        carryOut(undo);
        QCOMPARE(m_registrar.state(client).entry, ClientState::Entry::None);
        QCOMPARE(contentOf(client.file).trimmed(), theirs.trimmed());
    }

    void lockedFilesWait()
    {
        const Client client = clientNamed(u"cursor"_s);
        put(client.file, "{}");
        QVERIFY(QDir().mkdir(client.file + u".lock"_s)); // as node's proper-lockfile does
        const Result<QString> done = ended(*m_registrar.planRegister(client, wishFor(u"one"_s)));
        QVERIFY(!done);
        QCOMPARE(contentOf(client.file), QByteArray("{}"));
        QVERIFY(QDir().rmdir(client.file + u".lock"_s));
        carryOut(*m_registrar.planRegister(client, wishFor(u"one"_s)));
        QVERIFY(!QFile::exists(client.file + u".lock"_s));
    }

    void driftIsSeenAndRepaired_data() { clients(); }
    void driftIsSeenAndRepaired()
    {
        const Client client = current();
        put(client.file, sampleOf(client));
        carryOut(*m_registrar.planRegister(client, {QCoreApplication::applicationDirPath() + u"/../bin/conductor-mcp"_s, u"my server"_s}));
        QCOMPARE(m_registrar.state(client).drift, ClientState::Drift::None);
        const QByteArray registered = contentOf(client.file);

        put(client.file, sampleOf(client));
        ClientState state = m_registrar.state(client);
        QCOMPARE(state.drift, ClientState::Drift::Dropped);
        QCOMPARE(state.recorded.profile, u"my server"_s);
        carryOut(*m_registrar.planRegister(client, state.recorded));
        QCOMPARE(contentOf(client.file), registered);

        QByteArray changed = registered;
        put(client.file, changed.replace("my server", "other"));
        state = m_registrar.state(client);
        QCOMPARE(state.drift, ClientState::Drift::Changed);
        QCOMPARE(state.found.profile, u"other"_s);
        carryOut(*m_registrar.planRegister(client, state.recorded));
        QCOMPARE(contentOf(client.file), registered);
        QCOMPARE(m_registrar.state(client).drift, ClientState::Drift::None);
    }

    void aProgramThatIsGoneIsSeen()
    {
        const Client client = clientNamed(u"cursor"_s);
        carryOut(*m_registrar.planRegister(client, {u"/nowhere/conductor-mcp"_s, u"one"_s}));
        QCOMPARE(m_registrar.state(client).drift, ClientState::Drift::ProgramGone);
    }

    void addressesAreWrittenWithoutTheToken_data() { clients(); }
    void addressesAreWrittenWithoutTheToken()
    {
        const Client client = current();
        put(client.file, sampleOf(client));
        const EntryWish open{program, {}, u"http://127.0.0.1:8900/mcp"_s};
        const EntryWish guarded{program, {}, open.url, u"CONDUCTOR_TOKEN"_s};
        const Result<ClientPlan> plain = m_registrar.planRegister(client, open);
        QCOMPARE(plain.has_value(), !client.http.empty());
        const Result<ClientPlan> withToken = m_registrar.planRegister(client, guarded);
        if (withToken)
            QVERIFY(withToken->after.contains("CONDUCTOR_TOKEN"));
        if (!plain)
            return;
        QVERIFY(!plain->after.contains("uthorization"));
        carryOut(*m_registrar.planRegister(client, wishFor(u"one"_s)));
        carryOut(*m_registrar.planRegister(client, open)); // what started a program goes
        QVERIFY(!contentOf(client.file).contains("conductor-mcp"));
        QCOMPARE(m_registrar.state(client).found.url, open.url);
        carryOut(*m_registrar.planRegister(client, wishFor(u"one"_s)));
        QVERIFY(!contentOf(client.file).contains("8900"));
        QCOMPARE(m_registrar.state(client).found.profile, u"one"_s);
    }

    void linksHoldTheEntry()
    {
        const EntryWish wish = wishFor(u"my server"_s);
        const QJsonObject entry{{u"command"_s, program}, {u"args"_s, QJsonArray{u"--profile"_s, u"my server"_s}}};
        const QUrl cursor(clientNamed(u"cursor"_s).linkFor(wish), QUrl::StrictMode);
        QVERIFY(cursor.isValid());
        QVERIFY(cursor.toString().startsWith(u"cursor://anysphere.cursor-deeplink/mcp/install?name=conductor&config="_s));
        const QString config = QUrlQuery(cursor).queryItemValue(u"config"_s, QUrl::FullyDecoded);
        QCOMPARE(QJsonDocument::fromJson(QByteArray::fromBase64(config.toLatin1())).object(), entry);

        const QString code = clientNamed(u"vscode"_s).linkFor(wish);
        const QString begin = u"vscode:mcp/install?"_s;
        QVERIFY(code.startsWith(begin) && QUrl(code, QUrl::StrictMode).isValid());
        QJsonObject named = entry;
        named[u"name"_s] = u"conductor"_s;
        named[u"type"_s] = u"stdio"_s;
        QCOMPARE(QJsonDocument::fromJson(QByteArray::fromPercentEncoding(code.mid(begin.size()).toLatin1())).object(), named);
        QVERIFY(clientNamed(u"codex"_s).linkFor(wish).isEmpty());
    }

    void absentClientsAreNotMade()
    {
        for (const ClientState &state : m_registrar.states()) {
            QVERIFY2(!state.isPresent, qPrintable(state.client.id));
            QCOMPARE(state.entry, ClientState::Entry::None);
        }
        QVERIFY(QDir(QDir::homePath()).isEmpty());
    }

    void aClientsOwnCommandIsTriedFirst()
    {
        const QString bin = QDir::homePath() + u"/bin"_s;
        put(bin + u"/claude"_s, "#!/bin/sh\necho \"$@\" >> \"$HOME/asked\"\nexit 3\n");
        QVERIFY(chmod(QFile::encodeName(QString(bin + u"/claude"_s)).constData(), 0755) == 0);
        Registrar registrar({bin, u"/usr/bin"_s, u"/bin"_s});
        const Client client = clientNamed(u"claude-code"_s);
        QVERIFY(registrar.state(client).isPresent);
        const ClientPlan plan = *registrar.planRegister(client, wishFor(u"one two"_s));
        QCOMPARE(plan.command.mid(1), QStringList({u"mcp"_s, u"add"_s, u"conductor"_s, u"--scope"_s, u"user"_s, u"--"_s, program, u"--profile"_s, u"one two"_s}));
        Reply<QString> reply = registrar.carryOut(plan);
        QTRY_VERIFY(reply.isFinished());
        const Result<QString> remark = answer(reply);
        QVERIFY2(remark, remark ? "" : qPrintable(remark.error().message));
        QVERIFY2(remark->contains(u"edited instead"_s), qPrintable(*remark));
        QVERIFY(contentOf(QDir::homePath() + u"/asked"_s).startsWith("mcp add conductor"));
        QCOMPARE(registrar.state(client).found.profile, u"one two"_s);
    }

    void watchTellsOfChanges()
    {
        const Client client = clientNamed(u"cursor"_s);
        put(client.file, "{}");
        ClientWatch watch({client.file});
        QSignalSpy changed(&watch, &ClientWatch::changed);
        carryOut(*m_registrar.planRegister(client, wishFor(u"one"_s))); // replaced
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, 5000);
        put(client.file, "{ }"); // the new one, in place
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, 5000);
        QVERIFY(QFile::remove(client.file));
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 3, 5000);
    }

private:
    void clients()
    {
        QTest::addColumn<QString>("id");
        for (const Client &client : knownClients())
            QTest::addRow("%s", qPrintable(client.id)) << client.id;
    }

    Client current() const
    {
        QFETCH(QString, id);
        return clientNamed(id);
    }

    Result<QString> ended(const ClientPlan &plan)
    {
        const Reply<QString> reply = m_registrar.carryOut(plan);
        if (!QTest::qWaitFor([&] { return reply.isFinished(); }, 20000))
            return Failure({Error::Kind::Timeout, u"The change did not end"_s});
        return answer(reply);
    }

    void carryOut(const ClientPlan &plan)
    {
        const Result<QString> done = ended(plan);
        QVERIFY2(done, done ? "" : qPrintable(sentence(done.error())));
        QVERIFY2(done->isEmpty(), qPrintable(*done));
    }

    Registrar m_registrar{QStringList()}; // no client's own program is found
};

QTEST_GUILESS_MAIN(TestRegistrar)
#include "tst_registrar.moc"
