// A process that writes so many calls to the audit of its HOME and ends: audit-program COUNT [LARGEST-FILE-IN-BYTES]. Each second
// call changes something. Says "COUNT LOST" and what the audit reported.
#include "mcp/audit/log.h"
#include "support/scriptedtransport.h"

#include <QCoreApplication>

#include <csignal>
#include <cstdio>

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace mcp;

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const int count = arguments.value(1).toInt();
    if (arguments.size() > 2) {
        ::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{arguments[2].toULongLong(), arguments[2].toULongLong()};
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0)
            return 1;
    }
    auto log = std::make_unique<AuditLog>(AuditLog::Setup{.profile = [] { return u"test"_s; }});
    int made = 0;
    for (int i = 0; i < count; ++i) {
        AuditedCall call{.client = {u"process"_s, u"1"_s, {}},
                         .tool = u"tool"_s,
                         .arguments = {{u"n"_s, i}, {u"filler"_s, QString(500, u'x')}},
                         .effect = {i % 2 ? Effect::Kind::Change : Effect::Kind::Read}};
        const AuditedEnd end{.outcome = AuditedEnd::Outcome::Ok, .answer = {.text = u"done"_s}};
        if (i % 2) {
            const AuditTrail::Begun begun = log->begin(call);
            made += support::awaited(begun.kept).has_value();
            log->end(begun.ticket, end);
        } else {
            log->add(call, end);
            ++made;
        }
    }
    const qint64 lost = log->lost();
    log.reset();
    std::printf("%d %lld\n", made, lost);
    return 0;
}
