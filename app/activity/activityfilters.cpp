#include "app/activity/activityfilters.h"

#include "app/activity/outcomelook.h"
#include "app/look/icons.h"
#include "app/look/metrics.h"
#include "conductor/base/hostile.h"

#include <QComboBox>
#include <QHBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace app {
namespace {

constexpr qint64 hour = 3'600'000;

} // namespace

ActivityFilters::ActivityFilters(QWidget *parent)
    : QWidget(parent)
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Metrics::unit + 2);
    m_client = addChoice(tr("AI client"), tr("All clients"));
    m_server = addChoice(tr("Server"), tr("All servers"));
    m_tool = addChoice(tr("Tool"), tr("All tools"));
    m_outcome = addChoice(tr("Outcome"), tr("All outcomes"));
    for (const QString &word : {u"ok"_s, u"error"_s, u"invalid"_s, u"refused"_s, u"cancelled"_s, u"unknown"_s}) {
        const StatusLook look = outcomeLook(word);
        m_outcome->addItem(icon(look.glyph, look.family), look.word, word);
    }
    m_age = addChoice(tr("Age"), tr("Any time"));
    for (const auto &[text, hours] : {std::pair(tr("Last hour"), 1), std::pair(tr("Last 24 hours"), 24), std::pair(tr("Last 7 days"), 7 * 24), std::pair(tr("Last 30 days"), 30 * 24)})
        m_age->addItem(text, hours * hour);
}

QComboBox *ActivityFilters::addChoice(const QString &accessibleName, const QString &all)
{
    auto *choice = new QComboBox;
    choice->setAccessibleName(accessibleName);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    choice->setMaximumWidth(260);
    choice->addItem(all);
    connect(choice, &QComboBox::currentIndexChanged, this, &ActivityFilters::changed);
    layout()->addWidget(choice);
    return choice;
}

void ActivityFilters::offer(const mcp::AuditNames &names)
{
    offer(*m_client, names.clients);
    offer(*m_server, names.profiles);
    offer(*m_tool, names.tools);
}

void ActivityFilters::offer(QComboBox &choice, const QStringList &values)
{
    const QString chosen = choice.currentData().toString();
    QStringList wanted = values;
    if (!chosen.isEmpty() && !wanted.contains(chosen))
        wanted << chosen;
    QStringList there;
    for (int i = 1; i < choice.count(); ++i)
        there << choice.itemData(i).toString();
    if (there == wanted)
        return; // a list that somebody has open stays as it is
    const QSignalBlocker quietly(choice);
    while (choice.count() > 1)
        choice.removeItem(1);
    for (const QString &value : std::as_const(wanted))
        choice.addItem(conductor::harmless(value, 50), value);
    choice.setCurrentIndex(std::max(0, choice.findData(chosen)));
}

mcp::AuditQuery ActivityFilters::query(const QDateTime &now) const
{
    mcp::AuditQuery query;
    query.client = m_client->currentData().toString();
    query.profile = m_server->currentData().toString();
    query.tool = m_tool->currentData().toString();
    query.outcome = m_outcome->currentData().toString();
    if (const qint64 age = m_age->currentData().toLongLong(); age > 0)
        query.since = now.toMSecsSinceEpoch() - age;
    return query;
}

bool ActivityFilters::isSet() const
{
    const std::initializer_list<QComboBox *> all{m_client, m_server, m_tool, m_outcome, m_age};
    return std::any_of(all.begin(), all.end(), [](const QComboBox *choice) { return choice->currentIndex() > 0; });
}

void ActivityFilters::clear()
{
    for (QComboBox *choice : {m_client, m_server, m_tool, m_outcome, m_age}) {
        const QSignalBlocker quietly(choice);
        choice->setCurrentIndex(0);
    }
    Q_EMIT changed();
}

} // namespace app
