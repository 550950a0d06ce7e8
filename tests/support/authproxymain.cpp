// The AuthProxy as a program, for tests that run processes:
//   auth-proxy --upstream URL [--port 0] [--key ID:SECRET]… [--token-life SECONDS]
// Prints its port on a line of its own, then obeys lines on standard input with "ok" or "what?", until that ends:
//   add ID:SECRET · revoke ID · expire ID · life SECONDS · answer STATUS TIMES [PATH] (0: closes the connection)
//   seen (prints TOKENS-ASKED FORWARDED ALL)
#include "support/authproxy.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;
using support::AuthProxy;

namespace {

void say(const QByteArray &line)
{
    std::fputs(line.constData(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
}

QByteArray obey(AuthProxy &proxy, const QList<QByteArray> &words)
{
    const QString argument = QString::fromUtf8(words.value(1));
    if (words[0] == "add")
        proxy.addKey(argument.section(u':', 0, 0), argument.section(u':', 1));
    else if (words[0] == "revoke")
        proxy.revokeKey(argument);
    else if (words[0] == "expire")
        proxy.expireKey(argument);
    else if (words[0] == "life")
        proxy.tokenLife = std::chrono::seconds(argument.toInt());
    else if (words[0] == "answer")
        proxy.answerNext({.status = argument.toInt(), .path = words.value(3)}, words.value(2).toInt());
    else if (words[0] == "seen")
        return QByteArray::number(proxy.tokensAsked()) + ' ' + QByteArray::number(proxy.forwarded()) + ' ' + QByteArray::number(qint64(proxy.seen().size()));
    else
        return "what?";
    return "ok";
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser options;
    options.addOptions({{u"upstream"_s, u"The server behind, with /api"_s, u"URL"_s},
                        {u"port"_s, u"0: any free one"_s, u"PORT"_s, u"0"_s},
                        {u"key"_s, u"A key that is accepted"_s, u"ID:SECRET"_s},
                        {u"token-life"_s, u"Of each token"_s, u"SECONDS"_s, u"3600"_s}});
    options.addHelpOption();
    options.process(application);

    AuthProxy proxy(QUrl(options.value(u"upstream"_s)));
    proxy.tokenLife = std::chrono::seconds(options.value(u"token-life"_s).toInt());
    for (const QString &key : options.values(u"key"_s))
        proxy.addKey(key.section(u':', 0, 0), key.section(u':', 1));
    if (!proxy.listen(options.value(u"port"_s).toUShort())) {
        std::fputs("auth-proxy: cannot listen on that port\n", stderr);
        return 1;
    }
    say(QByteArray::number(proxy.url().port()));

    QByteArray input;
    QSocketNotifier notifier(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &application, [&] {
        char bytes[4096];
        const ssize_t count = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (count <= 0)
            return QCoreApplication::quit();
        input.append(bytes, count);
        for (qsizetype end = input.indexOf('\n'); end >= 0; end = input.indexOf('\n')) {
            say(obey(proxy, input.left(end).trimmed().split(' ')));
            input.remove(0, end + 1);
        }
    });
    return QCoreApplication::exec();
}
