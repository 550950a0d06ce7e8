// What was on a server before it was replaced is still there: as it was, in order, once, not without end, and for nobody else to
// read, also when several processes keep at the same time.
#include "conductor/definition/history.h"

#include "conductor/base/utc.h"
#include "conductor/definition/compact.h"
#include "support/samples.h"

#include <QJsonArray>
#include <QtTest>

#include <thread>

using namespace Qt::StringLiterals;
using namespace conductor;

class TestHistory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_directory = std::make_unique<QTemporaryDir>(); }

    void givesBackWhatTheAuthorWrote()
    {
        QVERIFY(history().keep(support::sample(u"kitchen_sink.definition_stored.json"_s).toObject(), u"Claude Code"_s, at(1)));
        const std::vector<EarlierDefinition> kept = history().of(u"kitchen_sink_local"_s);
        QCOMPARE(kept.size(), size_t(1));
        QCOMPARE(kept[0].client, u"Claude Code"_s);
        QCOMPARE(kept[0].replaced, at(1));
        QCOMPARE(*history().read(kept[0]), compact(support::sample(u"kitchen_sink.definition.json"_s).toObject()));
    }

    void newestFirstOverAllVersions()
    {
        QVERIFY(history().keep(definition(1, u"a"_s), {}, at(1)));
        QVERIFY(history().keep(definition(2, u"a"_s), u"Cursor"_s, at(2)));
        QVERIFY(history().keep(definition(1, u"b"_s), {}, at(3)));
        QCOMPARE(told(), (QStringList{u"v1 b"_s, u"v2 a"_s, u"v1 a"_s}));
        QCOMPARE(history().of(u"order"_s)[1].client, u"Cursor"_s);
        QVERIFY(history().of(u"order"_s)[0].client.isEmpty());
    }

    void theSameIsKeptOnceAndBecomesTheNewest()
    {
        for (const auto &[content, second] : {std::pair(u"a"_s, 1), std::pair(u"b"_s, 2), std::pair(u"a"_s, 3)})
            QVERIFY(history().keep(definition(1, content), {}, at(second)));
        QCOMPARE(told(), (QStringList{u"v1 a"_s, u"v1 b"_s}));
        QJsonObject stored = definition(1, u"a"_s); // only the server's book-keeping differs
        stored[u"createTime"] = qint64(1795346046134);
        stored[u"timeoutPolicy"] = u"ALERT_ONLY"_s;
        QVERIFY(history().keep(stored, {}, at(4)));
        QCOMPARE(told(), (QStringList{u"v1 a"_s, u"v1 b"_s}));
    }

    void aBusyVersionDoesNotPushOutAnother()
    {
        QVERIFY(history().keep(definition(1, u"first"_s), {}, at(1)));
        for (int i = 0; i < DefinitionHistory::most + 7; ++i)
            QVERIFY(history().keep(definition(2, QString::number(i)), {}, at(10 + i)));
        const QStringList all = told();
        QCOMPARE(all.size(), DefinitionHistory::most + 1);
        QCOMPARE(all.first(), u"v2 56"_s);
        QCOMPARE(all[DefinitionHistory::most - 1], u"v2 7"_s);
        QCOMPARE(all.last(), u"v1 first"_s);
    }

    void hugeOnesDoNotFillTheDisk()
    {
        const QString tenMegabytes(10 * 1024 * 1024, u'x');
        for (int i = 0; i < 5; ++i)
            QVERIFY(history().keep(definition(1, tenMegabytes + QString::number(i)), {}, at(i)));
        const std::vector<EarlierDefinition> kept = history().of(u"order"_s);
        QCOMPARE(kept.size(), size_t(3));
        QVERIFY(history().read(kept[0]));
    }

    void serversAndNamesAreKeptApart()
    {
        QVERIFY(history().keep(definition(1, u"a"_s), {}, at(1)));
        QVERIFY(history(u"http://other:8080/api"_s).of(u"order"_s).empty());
        QVERIFY(history().of(u"Order"_s).empty());
        QCOMPARE(history(u"http://one:8080/api/"_s).of(u"order"_s).size(), size_t(1)); // the same address
        QJsonObject odd = definition(1, u"a"_s);
        odd[u"name"] = u"../../up and away"_s;
        QVERIFY(history().keep(odd, {}, at(2)));
        QCOMPARE(history().of(u"../../up and away"_s).size(), size_t(1));
    }

    void onlyTheUserMayRead()
    {
        QVERIFY(history().keep(definition(1, u"a"_s), {}, at(1)));
        int files = 0;
        for (QDirIterator it(m_directory->filePath(u"history"_s), QDir::AllEntries | QDir::NoDotAndDotDot, QDirIterator::Subdirectories); it.hasNext();) {
            it.next();
            const auto others = it.fileInfo().permissions() & (QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther);
            QVERIFY2(!others, qPrintable(it.filePath()));
            files += it.fileInfo().isFile();
        }
        QCOMPARE(files, 1);
    }

    void saysWhyItCouldNotKeep()
    {
        QFile file(m_directory->filePath(u"history"_s)); // where the directory should be
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.close();
        const Result<Done> kept = history().keep(definition(1, u"a"_s), {}, at(1));
        QVERIFY(!kept);
        QVERIFY2(kept.error().message.contains(u"history"_s), qPrintable(kept.error().message));
        QVERIFY(history().of(u"order"_s).empty());
    }

    void strangeFilesAreLeftAlone()
    {
        QVERIFY(history().keep(definition(1, u"a"_s), {}, at(1)));
        const QString place = folder();
        QFile note(place + u"/note.txt"_s);
        QVERIFY(note.open(QIODevice::WriteOnly));
        note.close();
        QFile broken(place + u"/99999999999999-v1-00000000000000000000000000000000"_s);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{\"client\":7}\nnothing\n");
        broken.close();
        const std::vector<EarlierDefinition> kept = history().of(u"order"_s);
        QCOMPARE(kept.size(), size_t(2));
        QCOMPARE(history().read(kept[0]).error().kind, Error::Kind::Protocol);
        QVERIFY(history().read(kept[1]));
        QVERIFY(note.exists());
        QCOMPARE(history().read({u"../note.txt"_s, u"order"_s, 1, {}, {}}).error().kind, Error::Kind::NotFound);
    }

    // Several at once: none is lost, none is half written.
    void severalWritersAtOnce()
    {
        std::vector<std::jthread> writers;
        for (int writer = 0; writer < 4; ++writer) {
            writers.emplace_back([this, writer] {
                for (int i = 0; i < 12; ++i)
                    history().keep(definition(1, u"%1/%2"_s.arg(writer).arg(i)), {}, at(i));
            });
        }
        writers.clear();
        const std::vector<EarlierDefinition> kept = history().of(u"order"_s);
        QCOMPARE(kept.size(), size_t(48));
        for (const EarlierDefinition &one : kept)
            QVERIFY(history().read(one));
    }

private:
    DefinitionHistory history(const QString &server = u"http://one:8080/api"_s) const { return DefinitionHistory(QUrl(server), m_directory->filePath(u"history"_s)); }

    static QDateTime at(int second) { return utcFromMs(1'795'000'000'000 + second * 1000); }

    static QJsonObject definition(int version, const QString &description)
    {
        return {{u"name"_s, u"order"_s}, {u"version"_s, version}, {u"description"_s, description}, {u"tasks"_s, QJsonArray()}};
    }

    QStringList told() const
    {
        QStringList all;
        for (const EarlierDefinition &one : history().of(u"order"_s))
            all << u"v%1 %2"_s.arg(one.version).arg(history().read(one).value_or(QJsonObject())[u"description"].toString());
        return all;
    }

    QString folder() const
    {
        QDirIterator it(m_directory->path(), QDir::Files, QDirIterator::Subdirectories);
        return QFileInfo(it.next()).path();
    }

    std::unique_ptr<QTemporaryDir> m_directory;
};

QTEST_GUILESS_MAIN(TestHistory)
#include "tst_history.moc"
