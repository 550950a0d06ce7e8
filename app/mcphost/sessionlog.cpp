#include "app/mcphost/sessionlog.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/mcphost/trafficmodel.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/jsonview.h"
#include "app/widgets/searchfield.h"
#include "app/widgets/table.h"
#include "conductor/base/hostile.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QSaveFile>
#include <QSplitter>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using conductor::Done;
using conductor::harmless;
using conductor::Reply;

namespace app {

SessionLog::SessionLog(AskSavePath askPath, QWidget *parent)
    : QWidget(parent)
    , m_askPath(std::move(askPath))
    , m_field(new SearchField(tr("Search the messages"), tr("Any text of a message")))
    , m_kind(new QComboBox)
    , m_hold(button(tr("Pause")))
    , m_count(new QLabel)
    , m_log(new Table(tr("Messages of this client")))
    , m_traffic(new TrafficModel(this))
    , m_json(new JsonView(tr("Message")))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Metrics::rowGap, 0, 0);
    layout->setSpacing(Metrics::unit);
    layout->addWidget(buildTools());
    layout->addWidget(buildMessages(), 1);
    connect(m_field, &SearchField::searched, this, &SessionLog::filter);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SessionLog::filter);
    connect(m_hold, &QPushButton::toggled, this, &SessionLog::hold);
    connect(m_json, &JsonView::copied, this, [this] { Q_EMIT said(tr("Copied")); });
    connect(m_log->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SessionLog::showMessage);
    showCount();
}

QWidget *SessionLog::buildTools()
{
    m_kind->setAccessibleName(tr("Kind of message"));
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_kind->addItem(tr("All messages"), -1);
    for (const auto &[text, kind] : {std::pair(tr("Requests"), TrafficKind::Request), std::pair(tr("Answers"), TrafficKind::Answer), std::pair(tr("Errors"), TrafficKind::Error),
                                     std::pair(tr("Notifications"), TrafficKind::Notification)})
        m_kind->addItem(text, int(kind));
    m_hold->setCheckable(true);
    m_hold->setToolTip(tr("Messages go on; the list stands still"));
    setTextStyle(*m_count, TextStyle::Hint);
    auto *copyButton = new IconButton(u"copy", tr("Copy the messages that are shown"));
    auto *saveButton = new IconButton(u"download", tr("Save the messages that are shown"));
    connect(copyButton, &QToolButton::clicked, this, &SessionLog::copy);
    connect(saveButton, &QToolButton::clicked, this, &SessionLog::save);
    m_field->setMaximumWidth(320);
    auto *tools = new QWidget;
    auto *line = new QHBoxLayout(tools);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(Metrics::rowGap);
    line->addWidget(m_field, 1);
    line->addWidget(m_kind);
    line->addWidget(m_hold);
    line->addWidget(m_count);
    line->addStretch();
    line->addWidget(copyButton);
    line->addWidget(saveButton);
    return tools;
}

QWidget *SessionLog::buildMessages()
{
    m_log->setModel(m_traffic);
    m_log->setItemDelegate(new CellDelegate(TextStyle::Base, Qt::ElideRight, m_log));
    m_log->header()->setStretchLastSection(false);
    m_log->header()->setSectionResizeMode(TrafficModel::What, QHeaderView::Stretch);
    m_log->setColumnCharacters(TrafficModel::Time, 15);
    m_log->setColumnCharacters(TrafficModel::Direction, 13);
    m_log->setColumnCharacters(TrafficModel::Size, 12);
    auto *messages = new QSplitter(Qt::Horizontal);
    messages->setChildrenCollapsible(false);
    messages->addWidget(m_log);
    messages->addWidget(m_json);
    messages->setSizes({3000, 2000});
    return messages;
}

void SessionLog::show(const QList<mcp::TrafficLine> &traffic)
{
    m_latest = traffic;
    if (m_hold->isChecked())
        return;
    m_log->rememberPlace();
    m_traffic->show(traffic);
    m_log->returnToPlace();
    showCount();
}

void SessionLog::begin()
{
    m_hold->setChecked(false);
    show({});
}

void SessionLog::hold(bool still)
{
    m_hold->setText(still ? tr("Go on") : tr("Pause"));
    if (!still)
        show(m_latest);
}

void SessionLog::filter()
{
    const int kind = m_kind->currentData().toInt();
    m_traffic->setFilter(m_field->text().trimmed(), kind < 0 ? std::nullopt : std::optional(TrafficKind(kind)));
    showCount();
}

void SessionLog::showCount()
{
    const QLocale locale;
    const int shown = m_traffic->rowCount();
    m_count->setText(shown == m_traffic->known() ? tr("%1 messages").arg(locale.toString(shown)) : tr("%1 of %2 messages").arg(locale.toString(shown), locale.toString(m_traffic->known())));
}

void SessionLog::showMessage()
{
    const QModelIndexList rows = m_log->selectionModel()->selectedRows();
    m_json->show(rows.isEmpty() ? QJsonValue(QJsonValue::Undefined) : m_traffic->message(rows.first()));
}

void SessionLog::copy()
{
    QGuiApplication::clipboard()->setText(QString::fromUtf8(m_traffic->jsonLines()));
    Q_EMIT said(tr("Copied as JSON lines"));
}

// Only its owner may read the file: messages are not redacted.
Reply<Done> SessionLog::save()
{
    const QByteArray text = m_traffic->jsonLines();
    const SaveQuestion question{tr("Save the messages"), u"messages.jsonl"_s};
    const QString path = co_await m_askPath(this, question);
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner) && file.write(text) == text.size() && file.commit();
    if (written)
        Q_EMIT said(tr("Saved to %1").arg(harmless(path, 200)));
    else
        Q_EMIT said(tr("%1 cannot be written: %2. Choose another place").arg(harmless(path, 200), file.errorString()));
    co_return Done{};
}

} // namespace app
