#include "app/overview/serversection.h"

#include "app/core/healthlook.h"
#include "app/executions/executionstable.h"
#include "app/look/metrics.h"
#include "app/look/statuslook.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/elidedlabel.h"
#include "app/widgets/productiontag.h"
#include "app/widgets/statusbadge.h"
#include "app/widgets/table.h"
#include "conductor/base/hostile.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace app {

ServerSection::ServerSection(const ServerEntry &server, ServerWatch &watch, QWidget *parent)
    : QWidget(parent)
    , m_watch(watch)
    , m_name(new ElidedLabel(TextStyle::Section))
    , m_production(new ProductionTag)
    , m_url(new ElidedLabel(TextStyle::Hint))
    , m_health(new StatusBadge)
    , m_calm(new QLabel)
    , m_trouble(new QLabel)
    , m_failed(group(u"status:failed,timed_out ended:1d"_s, watch.failed(), tr("Failed runs of %1").arg(server.name)))
    , m_running(group(u"status:running,paused"_s, watch.running(), tr("Open runs of %1").arg(server.name)))
{
    setTextStyle(*m_calm, TextStyle::Base);
    m_calm->setForegroundRole(QPalette::PlaceholderText);
    m_calm->setWordWrap(true);
    m_trouble->setWordWrap(true);
    m_trouble->setForegroundRole(QPalette::PlaceholderText);
    m_trouble->setTextFormat(Qt::PlainText);
    m_calm->setContentsMargins(CellDelegate::padding, 0, 0, 0);
    m_trouble->setContentsMargins(CellDelegate::padding, 0, 0, 0);

    auto *line = new QHBoxLayout;
    line->setSpacing(Metrics::rowGap);
    line->setContentsMargins(CellDelegate::padding, 0, CellDelegate::padding, 0);
    line->addWidget(m_name);
    line->addWidget(m_production);
    line->addWidget(m_url, 1);
    line->addWidget(m_health);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addLayout(line);
    layout->addWidget(m_calm);
    layout->addWidget(m_trouble);
    layout->addWidget(m_failed.whole);
    layout->addWidget(m_running.whole);

    connect(&m_watch, &ServerWatch::changed, this, &ServerSection::showFacts);
    show(server);
}

void ServerSection::show(const ServerEntry &server)
{
    m_server = server;
    m_name->setText(conductor::harmless(server.name, 80));
    m_url->setText(server.url.toDisplayString(QUrl::RemoveUserInfo));
    m_production->setVisible(server.production);
    const HealthLook look = healthLook(server.health.state);
    m_health->show({look.family, look.glyph.toString(), server.health.words});
    m_health->setVisible(!server.health.words.isEmpty());
    showFacts();
}

ServerSection::Group ServerSection::group(const QString &search, ExecutionsModel &model, const QString &accessibleName)
{
    Group made{new QWidget, new QLabel, button(tr("Show all"), ButtonKind::Quiet), new Table(accessibleName)};
    setTextStyle(*made.title, TextStyle::Strong);
    made.all->setFocusPolicy(Qt::TabFocus);
    made.all->setAccessibleName(tr("Show all: %1").arg(accessibleName));
    connect(made.all, &QPushButton::clicked, this, [this, search] { Q_EMIT searchRequested(search); });

    made.table->setModel(&model);
    made.table->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed); // else a window with room to spare tears its rows apart
    made.table->header()->hide();
    made.table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    made.table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setExecutionDelegates(*made.table);
    setExecutionColumnWidths(*made.table);
    made.table->setColumnWidth(ExecutionsModel::Duration, made.table->fontMetrics().averageCharWidth() * 14); // too narrow for bars: five rows compare nothing
    made.table->setColumnHidden(ExecutionsModel::Id, true);
    made.table->setColumnHidden(ExecutionsModel::Correlation, true);
    connect(made.table, &Table::chosen, this, [this](const QModelIndex &index) { Q_EMIT openRequested(index.data(ExecutionsModel::ExecutionIdRole).toString()); });

    auto *line = new QHBoxLayout;
    line->setSpacing(Metrics::rowGap);
    line->setContentsMargins(CellDelegate::padding, 0, 0, 0);
    line->addWidget(made.title);
    line->addStretch();
    line->addWidget(made.all);
    auto *layout = new QVBoxLayout(made.whole);
    layout->setContentsMargins(0, Metrics::unit, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(line);
    layout->addWidget(made.table);
    return made;
}

void ServerSection::fill(Group &group, const QString &title, int rows)
{
    group.title->setText(title);
    group.whole->setVisible(rows > 0);
    group.table->setFixedHeight(rows * Metrics::tableRow(Density::Comfortable));
}

void ServerSection::showFacts()
{
    const QLocale locale;
    fill(m_failed, tr("Failed in the last 24 hours: %1").arg(locale.toString(m_watch.failedTotal())), m_watch.failed().rowCount());
    fill(m_running, tr("Running and paused: %1").arg(locale.toString(m_watch.runningTotal())), m_watch.running().rowCount());

    const bool trouble = m_watch.error().has_value();
    m_trouble->setVisible(trouble);
    if (trouble)
        m_trouble->setText(conductor::harmless(conductor::sentence(*m_watch.error()), 300));
    const bool quiet = m_watch.isAnswered() && !trouble;
    if (m_watch.running().rowCount() == 0 && m_watch.failed().rowCount() == 0)
        m_calm->setText(tr("Nothing is running, and nothing failed in the last 24 hours."));
    else if (m_watch.running().rowCount() == 0)
        m_calm->setText(tr("Nothing is running."));
    else if (m_watch.failed().rowCount() == 0)
        m_calm->setText(tr("Nothing failed in the last 24 hours."));
    else
        m_calm->clear();
    m_calm->setVisible(quiet && !m_calm->text().isEmpty());
}

} // namespace app
