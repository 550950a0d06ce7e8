#include "app/approvals/inboxpage.h"

#include "app/approvals/approvaltext.h"
#include "app/approvals/approvalview.h"
#include "app/approvals/grantsline.h"
#include "app/approvals/inboxmodel.h"
#include "app/approvals/settledfocus.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/mcphost/hosting.h"
#include "app/notifications/quiethoursline.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/pageheader.h"
#include "app/widgets/placement.h"
#include "app/widgets/statusbadge.h"
#include "app/widgets/table.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QShortcut>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

using mcp::Approval;
using Choice = mcp::Approvals::Choice;

namespace app {
namespace {

enum StackIndex { workIndex, emptyIndex };
enum DetailIndex { approvalIndex, itemIndex };

QLabel *plainText()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

InboxPage::InboxPage(Hosting &hosting, Inbox &inbox, Settings &settings, Clock clock, QWidget *parent)
    : Page(parent)
    , m_hosting(hosting)
    , m_inbox(inbox)
    , m_clock(std::move(clock))
    , m_header(new PageHeader(tr("Inbox")))
    , m_grants(new GrantsLine(m_clock))
    , m_stack(new QStackedWidget)
    , m_table(new Table(tr("What waits for you")))
    , m_rows(new InboxModel(this))
    , m_empty(new EmptyState)
    , m_detail(new QStackedWidget)
    , m_approval(new ApprovalView(m_clock))
    , m_quiet(new QuietHoursLine(settings))
    , m_focus(new SettledFocus(this))
    , m_tick(new QTimer(this))
{
    build();
    addKeys();
    connect(&m_hosting, &Hosting::approvalsChanged, this, &InboxPage::showRows);
    connect(&m_hosting, &Hosting::grantsChanged, this, [this] { m_grants->show(m_hosting.grants()); });
    connect(&m_inbox, &Inbox::changed, this, &InboxPage::showRows);
    connect(m_grants, &GrantsLine::endRequested, this, [this] { m_hosting.endGrants(); });
    connect(m_approval, &ApprovalView::chosen, this, &InboxPage::choose);
    connect(m_approval, &ApprovalView::denyAllRequested, this, &InboxPage::denyAll);
    connect(m_focus, &SettledFocus::settled, this, [this] { m_approval->setAllowing(true); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &InboxPage::showSelected);
    connect(m_empty, &EmptyState::actionRequested, this, [this] { Q_EMIT pageWanted(QStringLiteral("mcp")); });
    m_tick->setInterval(std::chrono::seconds(1));
    connect(m_tick, &QTimer::timeout, this, &InboxPage::tick);
    m_grants->show(m_hosting.grants());
    showRows();
}

void InboxPage::build()
{
    m_empty->showFirstUse(u"inbox", tr("Nothing waits for you"),
                          tr("Calls of AI clients that you want to be asked about will wait here, and whatever else needs you. Which calls those are is set for each server."),
                          tr("See the AI clients"));
    buildTable();
    m_detail->insertWidget(approvalIndex, m_approval);
    m_detail->insertWidget(itemIndex, buildItem());
    auto *splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(underTitle(m_table));
    splitter->addWidget(m_detail);
    splitter->setSizes({1700, 3300});
    m_stack->insertWidget(workIndex, splitter);
    m_stack->insertWidget(emptyIndex, m_empty);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_grants);
    layout->addWidget(m_stack, 1);
    layout->addWidget(m_quiet);
}

QWidget *InboxPage::buildItem()
{
    m_itemTitle = plainText();
    setTextStyle(*m_itemTitle, TextStyle::Section);
    m_itemDetail = plainText();
    m_itemAction = button({});
    connect(m_itemAction, &QPushButton::clicked, this, [this] {
        if (const InboxRow *row = selected())
            Q_EMIT pageWanted(row->item.page);
    });
    auto *place = new QWidget;
    auto *layout = new QVBoxLayout(place);
    layout->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::pageMargin);
    layout->setSpacing(Metrics::rowGap);
    layout->addWidget(m_itemTitle);
    layout->addWidget(m_itemDetail);
    layout->addWidget(m_itemAction, 0, Qt::AlignLeft);
    layout->addStretch();
    return place;
}

void InboxPage::buildTable()
{
    m_table->setModel(m_rows);
    m_table->setSelectionMode(Table::SingleSelection);
    m_table->setItemDelegate(new CellDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setItemDelegateForColumn(InboxModel::What, new CellDelegate(TextStyle::Strong, Qt::ElideRight, m_table));
    m_table->setItemDelegateForColumn(InboxModel::State, new StatusDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->header()->setStretchLastSection(false);
    m_table->header()->setSectionResizeMode(InboxModel::What, QHeaderView::Stretch);
    m_table->setColumnCharacters(InboxModel::Who, 26);
    m_table->setColumnCharacters(InboxModel::Server, 22);
    m_table->setColumnCharacters(InboxModel::Time, 15);
    std::vector<StatusLook> looks;
    for (const auto state : {Approval::State::Waiting, Approval::State::Allowed, Approval::State::Denied, Approval::State::Expired, Approval::State::Reserved, Approval::State::Withdrawn})
        looks.push_back(approvalLook({.state = state}));
    m_table->setColumnWidth(InboxModel::State, StatusDelegate::columnWidth(looks));
}

// The table would take letters as the beginning of a row's name: shortcuts come before that.
void InboxPage::addKeys()
{
    const auto add = [this](Qt::Key key, auto act) {
        auto *shortcut = new QShortcut(key, this);
        shortcut->setContext(Qt::WidgetWithChildrenShortcut);
        shortcut->setAutoRepeat(false);
        connect(shortcut, &QShortcut::activated, this, act);
    };
    add(Qt::Key_A, [this] { chooseByKey(Choice::AllowOnce); });
    add(Qt::Key_D, [this] { chooseByKey(Choice::Deny); });
    add(Qt::Key_J, [this] { walk(1); });
    add(Qt::Key_K, [this] { walk(-1); });
}

void InboxPage::setLive(bool live)
{
    if (live) {
        m_tick->start();
        showRows();
    } else {
        m_tick->stop();
    }
}

void InboxPage::refresh()
{
    showRows();
}

void InboxPage::focusContent()
{
    const Approval *shown = selected() ? approval(selected()->approval) : nullptr;
    if (m_stack->currentIndex() == emptyIndex)
        m_empty->setFocus(Qt::OtherFocusReason);
    else if (shown && isWaiting(*shown))
        m_approval->focusDeny();
    else
        m_table->setFocus(Qt::OtherFocusReason);
}

bool InboxPage::closePane()
{
    return false;
}

void InboxPage::showApproval(const QString &id)
{
    const int row = m_rows->rowOf(id);
    m_table->setCurrentIndex(m_rows->index(std::max(row, 0), 0));
    focusContent();
}

void InboxPage::tick()
{
    showRows();
    m_approval->tick();
    m_grants->tick();
}

void InboxPage::showRows()
{
    const QDateTime now = m_clock();
    m_table->rememberPlace();
    m_rows->show(inboxRows(m_hosting.approvals(), m_inbox.items(), now));
    m_table->returnToPlace();
    const std::vector<InboxRow> &rows = m_rows->rows();
    m_stack->setCurrentIndex(rows.empty() ? emptyIndex : workIndex);
    const auto &approvals = m_hosting.approvals();
    const qsizetype waiting = std::count_if(approvals.begin(), approvals.end(), isWaiting) + qsizetype(m_inbox.items().size());
    m_header->setHint(waiting == 0 ? QString() : waiting == 1 ? tr("1 waits for you") : tr("%1 wait for you").arg(QLocale().toString(waiting)));

    const Approval *decided = approval(m_decided);
    const bool madeRoom = !m_decided.isEmpty() && m_shown == m_decided && (!decided || !isWaiting(*decided));
    const bool nextWaits = !rows.empty() && !rows.front().approval.isEmpty() && isWaiting(*approval(rows.front().approval));
    if (madeRoom) {
        m_decided.clear();
        if (nextWaits) {
            m_approval->setAllowing(false); // a second click or key was meant for the one before
            m_table->setCurrentIndex(m_rows->index(0, 0));
            focusContent();
            m_focus->beginAnew();
        }
    } else if (!m_table->currentIndex().isValid() && !rows.empty()) {
        m_table->setCurrentIndex(m_rows->index(0, 0));
    }
    showSelected();
}

void InboxPage::showSelected()
{
    const InboxRow *row = selected();
    m_detail->setVisible(row);
    if (!row) {
        m_shown.clear();
        return;
    }
    if (const QString key = InboxModel::keyOfRow(*row); key != m_shown) {
        m_shown = key;
        m_decided.clear();
        m_focus->beginAnew();
    }
    m_detail->setCurrentIndex(row->approval.isEmpty() ? itemIndex : approvalIndex);
    if (row->approval.isEmpty()) {
        m_itemTitle->setText(row->item.title);
        m_itemDetail->setText(row->item.detail);
        m_itemAction->setText(row->item.action);
    } else if (const Approval *shown = approval(row->approval)) {
        m_approval->show(*shown, waitingOf(shown->session));
    }
}

const InboxRow *InboxPage::selected() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? &m_rows->rows()[size_t(current.row())] : nullptr;
}

const Approval *InboxPage::approval(const QString &id) const
{
    const std::vector<Approval> &all = m_hosting.approvals();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Approval &approval) { return approval.id == id; });
    return found == all.end() ? nullptr : &*found;
}

int InboxPage::waitingOf(const QString &session) const
{
    const std::vector<Approval> &all = m_hosting.approvals();
    return int(std::count_if(all.begin(), all.end(), [&](const Approval &approval) { return approval.session == session && isWaiting(approval); }));
}

void InboxPage::choose(Choice choice)
{
    const InboxRow *row = selected();
    const Approval *shown = row ? approval(row->approval) : nullptr;
    if (!shown)
        return;
    if (isWaiting(*shown))
        m_decided = shown->id;
    m_hosting.choose(shown->id, choice);
}

void InboxPage::chooseByKey(Choice choice)
{
    const InboxRow *row = selected();
    const Approval *shown = row ? approval(row->approval) : nullptr;
    if (!shown || !m_focus->isSettled())
        return;
    if (isWaiting(*shown) || mayStillBeAllowed(*shown, m_clock()) || (choice == Choice::Deny && isKeptForNextTime(*shown, m_clock())))
        choose(choice);
}

void InboxPage::denyAll()
{
    const InboxRow *row = selected();
    const Approval *shown = row ? approval(row->approval) : nullptr;
    if (!shown)
        return;
    const QString session = shown->session;
    m_decided = shown->id;
    QStringList ids;
    for (const Approval &each : m_hosting.approvals()) {
        if (each.session == session && isWaiting(each))
            ids << each.id;
    }
    for (const QString &id : ids)
        m_hosting.choose(id, Choice::Deny);
}

void InboxPage::walk(int rows)
{
    const int row = m_table->currentIndex().row() + rows;
    if (row >= 0 && row < m_rows->rowCount())
        m_table->setCurrentIndex(m_rows->index(row, 0));
}

} // namespace app
