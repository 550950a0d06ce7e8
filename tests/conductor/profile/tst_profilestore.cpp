// profiles.json: several processes write it, people edit it by hand, and nothing of theirs is lost.
#include "conductor/profile/profilestore.h"

#include <QFile>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QThread>
#include <QtTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace conductor;

namespace {

Profile draft(const QString &name, const QString &url = u"http://localhost:8080/api"_s)
{
    Profile profile;
    profile.name = name;
    profile.url = QUrl(url);
    return profile;
}

void put(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qPrintable(path));
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray json(QByteArray singleQuoted)
{
    return singleQuoted.replace('\'', '"');
}

} // namespace

class TestProfileStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        directory = std::make_unique<QTemporaryDir>();
        path = directory->filePath(u"conf/profiles.json"_s);
    }

    void beginsEmptyWithoutAFile()
    {
        ProfileStore store(path);
        QVERIFY(store.load());
        QCOMPARE(store.profiles().size(), 0u);
        QVERIFY(!QFile::exists(path)); // reading writes nothing
        QVERIFY(store.named({}).error().hint.contains(u"no profiles yet"));
    }

    void keepsAFilePrivateAndLoadsItAgain()
    {
        ProfileStore store(path);
        const Result<Profile> added = store.add(draft(u" local "_s, u"http://localhost:8080/api/"_s));
        QVERIFY(added);
        QCOMPARE(added->name, u"local"_s);
        QCOMPARE(added->url, QUrl(u"http://localhost:8080/api"_s));
        QVERIFY(added->id.size() >= 8);

        struct stat info = {};
        QCOMPARE(stat(qPrintable(path), &info), 0);
        QCOMPARE(info.st_mode & 0777, 0600u);

        ProfileStore other(path);
        QVERIFY(other.load());
        QCOMPARE(other.profiles().size(), 1u);
        QVERIFY(other.profiles().front() == *added);
        QCOMPARE(other.named({})->id, added->id); // the first is the default
    }

    void findsByNameAndSaysWhichThereAre()
    {
        ProfileStore store(path);
        const QString dev = store.add(draft(u"dev"_s))->id;
        const QString prod = store.add(draft(u"Prod"_s))->id;
        QCOMPARE(store.named(u"Prod"_s)->id, prod);
        QCOMPARE(store.named(u"prod"_s)->id, prod);
        QCOMPARE(store.named(dev)->id, dev);
        const Result<Profile> unknown = store.named(u"stage"_s);
        QCOMPARE(unknown.error().kind, Error::Kind::NotFound);
        QCOMPARE(sentence(unknown.error()), u"There is no profile \"stage\". Known profiles: \"dev\", \"Prod\""_s);
    }

    void theDefaultIsNeverChosenSilently()
    {
        ProfileStore store(path);
        const QString first = store.add(draft(u"first"_s))->id;
        const QString second = store.add(draft(u"second"_s))->id;
        const QString third = store.add(draft(u"third"_s))->id;
        QVERIFY(store.setDefault(second));
        QCOMPARE(store.named({})->id, second);
        QVERIFY(store.remove(second));
        QVERIFY(store.named({}).error().hint.contains(u"\"first\", \"third\""));
        QVERIFY(store.remove(third));
        QCOMPARE(store.named({})->id, first); // the only one
        QCOMPARE(store.setDefault(third).error().kind, Error::Kind::NotFound);
        QCOMPARE(store.remove(third).error().kind, Error::Kind::NotFound);
    }

    void refusesBadInput()
    {
        ProfileStore store(path);
        QVERIFY(store.add(draft(u"one"_s)));
        const QString two = store.add(draft(u"two"_s))->id;
        const QByteArray before = contentOf(path);
        QVERIFY(store.add(draft(u"ONE"_s)).error().message.contains(u"\"one\""));
        QCOMPARE(store.add(draft({})).error().kind, Error::Kind::Validation);
        QCOMPARE(store.add(draft(u"x"_s, u"localhost:8080"_s)).error().kind, Error::Kind::Validation);
        QCOMPARE(store.change(two, [](Profile &profile) { profile.name = u"one"_s; }).error().kind, Error::Kind::Validation);
        QCOMPARE(store.change(two, [](Profile &profile) { profile.url = QUrl(u"ftp://h/api"_s); }).error().kind, Error::Kind::Validation);
        QCOMPARE(store.change(u"nobody"_s, [](Profile &) {}).error().kind, Error::Kind::NotFound);
        QCOMPARE(contentOf(path), before);
        QCOMPARE(store.find(two)->name, u"two"_s);
    }

    void changesOneThingAndKeepsTheRest()
    {
        put(directory->filePath(u"profiles.json"_s),
            json("{'version':1,'default':'b','look':{'order':['b','a']},'profiles':["
                 "{'id':'a','name':'A','url':'http://a/api','policy':{'readOnly':true,'later':[1,{'x':null}]}},"
                 "{'id':'b','name':'B','url':'http://b/api','note':'mine'}]}"));
        ProfileStore store(directory->filePath(u"profiles.json"_s));
        QVERIFY(store.load());
        QCOMPARE(store.find(u"a"_s)->sections[u"policy"][u"readOnly"].toBool(), true);
        QVERIFY(store.change(u"a"_s, [](Profile &profile) {
            profile.production = true;
            profile.id = u"hijack"_s; // an id never changes
        }));

        const QJsonObject written = QJsonDocument::fromJson(contentOf(store.path())).object();
        QCOMPARE(written[u"look"], QJsonValue(QJsonObject{{u"order"_s, QJsonArray{u"b"_s, u"a"_s}}}));
        QCOMPARE(written[u"default"].toString(), u"b"_s);
        QCOMPARE(written[u"profiles"][0][u"id"].toString(), u"a"_s);
        QCOMPARE(written[u"profiles"][0][u"production"].toBool(), true);
        QCOMPARE(written[u"profiles"][0][u"policy"],
                 QJsonValue(QJsonObject{{u"readOnly"_s, true}, {u"later"_s, QJsonArray{1, QJsonObject{{u"x"_s, QJsonValue::Null}}}}}));
        QCOMPARE(written[u"profiles"][1][u"note"].toString(), u"mine"_s);
    }

    void neverOverwritesWhatItCannotRead_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("place");
        QTest::newRow("cut off") << QByteArray("{\n  \"profiles\": [\n    {\"id\": \"a\",") << u"line 3, column"_s;
        QTest::newRow("empty file") << QByteArray("") << u"line 1"_s;
        QTest::newRow("an array") << QByteArray("[]") << u"not a JSON object"_s;
        QTest::newRow("profiles is an object") << json("{'profiles':{}}") << u"profiles is not an array"_s;
        QTest::newRow("bad entry") << json("{'profiles':[{'id':'a','name':'A','url':'http://a'},{'id':'b','name':'B'}]}") << u"profiles[1].url is missing"_s;
        QTest::newRow("same name") << json("{'profiles':[{'id':'a','name':'A','url':'http://a'},{'id':'b','name':'a','url':'http://a'}]}")
                                   << u"profiles[0] and profiles[1] have the same name"_s;
        QTest::newRow("newer version") << json("{'version':2,'profiles':[]}") << u"newer version"_s;
        QTest::newRow("huge") << QByteArray(5 * 1024 * 1024, ' ') << u"larger than"_s;
    }

    void neverOverwritesWhatItCannotRead()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, place);
        const QString file = directory->filePath(u"profiles.json"_s);
        put(file, content);
        ProfileStore store(file);
        const Result<Done> loaded = store.load();
        QVERIFY(!loaded);
        QVERIFY2(loaded.error().message.contains(place) && loaded.error().message.contains(file), qPrintable(loaded.error().message));
        QVERIFY(!store.add(draft(u"x"_s)));
        QCOMPARE(contentOf(file), content);
        QCOMPARE(store.named(u"x"_s).error().message, loaded.error().message); // not "no such profile"

        const Result<QString> aside = store.moveAside();
        QVERIFY(aside);
        QCOMPARE(contentOf(*aside), content);
        QVERIFY(!store.trouble());
        QVERIFY(store.add(draft(u"x"_s)));
    }

    void keepsTheLastGoodProfilesWhileTheFileIsBroken()
    {
        ProfileStore store(path);
        const QString id = store.add(draft(u"a"_s))->id;
        store.watch();
        const QByteArray good = contentOf(path);
        QSignalSpy changed(&store, &ProfileStore::changed);
        put(path, "{ \"profiles\": [ oops");
        QTRY_VERIFY(store.trouble());
        QVERIFY(store.find(id));
        QVERIFY(!changed.isEmpty());
        put(path, good);
        QTRY_VERIFY(!store.trouble());
    }

    void seesWhatOthersWrite()
    {
        ProfileStore mine(path), theirs(path);
        mine.watch(); // neither the file nor its directory is there yet
        QSignalSpy changed(&mine, &ProfileStore::changed);
        const QString id = theirs.add(draft(u"a"_s))->id;
        QTRY_VERIFY(mine.find(id));
        for (int revision = 1; revision <= 3; ++revision) { // replaced by rename each time
            QVERIFY(theirs.change(id, [&](Profile &profile) { profile.secretRevision = revision; }));
            QTRY_COMPARE(mine.find(id)->secretRevision, revision);
        }
        QByteArray content = contentOf(path);
        put(path, content.replace("\"a\"", "\"b\"")); // written in place, as an editor may do
        QTRY_COMPARE(mine.find(id)->name, u"b"_s);
        QVERIFY(QFile::remove(path));
        QTRY_COMPARE(mine.profiles().size(), 0u);
        QVERIFY(changed.size() >= 6);
    }

    void seesAFileBehindALink()
    {
        QVERIFY(QDir().mkpath(directory->filePath(u"dotfiles"_s)) && QDir().mkpath(directory->filePath(u"conf"_s)));
        const QString target = directory->filePath(u"dotfiles/profiles.json"_s);
        put(target, "{}");
        QVERIFY(QFile::link(target, path));
        ProfileStore mine(path), theirs(path);
        mine.watch();
        const QString id = theirs.add(draft(u"a"_s))->id;
        QTRY_VERIFY(mine.find(id));
        QVERIFY(QFileInfo(path).isSymLink());
        QVERIFY(theirs.change(id, [](Profile &profile) { profile.name = u"b"_s; }));
        QTRY_COMPARE(mine.find(id)->name, u"b"_s);
    }

    void saysNothingWhenNothingChanged()
    {
        ProfileStore store(path);
        QVERIFY(store.add(draft(u"a"_s)));
        store.watch();
        QSignalSpy changed(&store, &ProfileStore::changed);
        put(path, contentOf(path) + "\n");
        put(directory->filePath(u"conf/unrelated"_s), "x");
        ProfileStore other(path);
        QVERIFY(other.add(draft(u"b"_s))); // comes after the two in the file system's order
        QTRY_COMPARE(store.profiles().size(), 2u);
        QCOMPARE(changed.size(), 1);
    }

    void severalWritersLoseNothing()
    {
        constexpr int writers = 4, each = 15;
        std::vector<std::unique_ptr<QThread>> threads;
        std::atomic<int> failures = 0;
        for (int writer = 0; writer < writers; ++writer) {
            threads.emplace_back(QThread::create([this, writer, &failures] {
                ProfileStore store(path);
                for (int i = 0; i < each; ++i)
                    failures += store.add(draft(u"%1-%2"_s.arg(writer).arg(i))) ? 0 : 1;
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            QVERIFY(thread->wait(60000));
        QCOMPARE(failures.load(), 0);
        ProfileStore store(path);
        QVERIFY(store.load());
        QCOMPARE(store.profiles().size(), std::size_t(writers * each));
    }

    void aDirectoryThatCannotBeWrittenIsNamed()
    {
        put(directory->filePath(u"conf"_s), "a file where the directory should be");
        ProfileStore store(path);
        const Result<Profile> added = store.add(draft(u"a"_s));
        QVERIFY(!added);
        QVERIFY2(added.error().message.contains(directory->filePath(u"conf"_s)), qPrintable(added.error().message));
    }

private:
    std::unique_ptr<QTemporaryDir> directory;
    QString path;
};

QTEST_GUILESS_MAIN(TestProfileStore)
#include "tst_profilestore.moc"
