#include "app/console/resultpane.h"

#include "app/console/answertext.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/jsonview.h"
#include "app/widgets/plaintextpane.h"
#include "app/widgets/statusbadge.h"
#include "app/widgets/timetext.h"
#include "conductor/base/hostile.h"
#include "mcp/protocol/weight.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QTabBar>
#include <QTabWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::harmless;
using conductor::StatusFamily;

namespace app {
namespace {

enum Tab { textTab, structuredTab, rawTab };
constexpr int leastHeight = 150;

} // namespace

ResultPane::ResultPane(QWidget *parent)
    : QWidget(parent)
    , m_badge(new StatusBadge)
    , m_facts(new QLabel)
    , m_progress(new QProgressBar)
    , m_tabs(new QTabWidget)
    , m_text(new PlainTextPane(tr("Answer as a model reads it")))
    , m_structured(new JsonView(tr("Answer as data")))
    , m_raw(new JsonView(tr("Message of the server")))
{
    m_facts->setTextFormat(Qt::PlainText);
    m_facts->setWordWrap(true);
    setTextStyle(*m_facts, TextStyle::Hint);
    m_progress->setAccessibleName(tr("Progress of the call"));
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(Metrics::unit);
    m_tabs->setDocumentMode(true);
    m_tabs->setMinimumHeight(leastHeight);
    m_tabs->tabBar()->setAccessibleName(tr("How the answer is shown"));
    m_tabs->insertTab(textTab, m_text, tr("Text"));
    m_tabs->insertTab(structuredTab, m_structured, tr("Structured"));
    m_tabs->insertTab(rawTab, m_raw, tr("Raw"));
    auto *line = new QHBoxLayout;
    line->setSpacing(Metrics::rowGap);
    line->addWidget(m_badge);
    line->addWidget(m_facts, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addLayout(line);
    layout->addWidget(m_progress);
    layout->addWidget(m_tabs, 1);
    layout->addStretch(); // while the tabs are hidden
    connect(m_structured, &JsonView::copied, this, &ResultPane::copied);
    connect(m_raw, &JsonView::copied, this, &ResultPane::copied);
    clear();
}

void ResultPane::clear()
{
    m_badge->hide();
    m_progress->hide();
    m_facts->setText(tr("The answer will be shown here."));
    m_tabs->hide();
}

void ResultPane::say(StatusFamily family, const QString &glyph, const QString &word, const QString &facts)
{
    m_badge->show({.family = family, .glyph = glyph, .word = word});
    m_badge->setVisible(true);
    m_facts->setText(facts);
    m_progress->hide();
}

void ResultPane::showRunning()
{
    say(StatusFamily::Active, u"loader-circle"_s, tr("Running"), tr("The server was asked."));
    m_tabs->hide();
}

void ResultPane::showProgress(double done, double total, const QString &message)
{
    m_progress->setVisible(total > 0);
    if (total > 0) {
        m_progress->setRange(0, 1000);
        m_progress->setValue(int(std::clamp(done / total, 0.0, 1.0) * 1000));
    }
    const QString far = total > 0 ? tr("%1 of %2").arg(QLocale().toString(done), QLocale().toString(total)) : QLocale().toString(done);
    m_facts->setText(message.isEmpty() ? far : tr("%1: %2").arg(far, harmless(message, 200)));
}

void ResultPane::showAnswer(const mcp::ServerAnswer &answer)
{
    const QString text = answerText(answer);
    const qint64 bytes = text.toUtf8().size();
    const QString facts = tr("%1 · a model reads %2, about %3 tokens · %4 on the wire")
                              .arg(durationText(answer.tookMs), QLocale().formattedDataSize(bytes), QLocale().toString(mcp::tokensOf(bytes)),
                                   QLocale().formattedDataSize(answer.bytes));
    if (answer.isRpcError())
        say(StatusFamily::Bad, u"octagon-x"_s, tr("Refused by the protocol"), facts);
    else if (answer.isError())
        say(StatusFamily::Bad, u"circle-x"_s, tr("Error"), facts);
    else
        say(StatusFamily::Good, u"circle-check"_s, tr("Answered"), facts);
    const QJsonObject result = answer.result();
    const bool structured = result.contains(u"structuredContent");
    m_text->show(text);
    m_structured->show(structured ? result[u"structuredContent"] : QJsonValue(QJsonValue::Undefined));
    m_tabs->setTabEnabled(structuredTab, structured);
    m_raw->show(QJsonValue(answer.message));
    m_tabs->setTabEnabled(rawTab, true);
    m_tabs->setVisible(true);
}

void ResultPane::showFailure(const conductor::Error &error)
{
    const bool cancelled = error.kind == conductor::Error::Kind::Cancelled;
    say(cancelled ? StatusFamily::Quiet : StatusFamily::Bad, cancelled ? u"ban"_s : u"circle-x"_s, cancelled ? tr("Cancelled") : tr("No answer"),
        cancelled ? tr("The server was told to stop; what it had done by then is done.") : harmless(conductor::sentence(error), 500));
    m_tabs->hide();
}

} // namespace app
