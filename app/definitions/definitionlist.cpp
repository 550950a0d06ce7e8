#include "app/definitions/definitionlist.h"

#include "app/look/metrics.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/emptystate.h"
#include "app/widgets/loadingbar.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/pageheader.h"
#include "app/widgets/placement.h"
#include "app/widgets/searchfield.h"
#include "app/widgets/table.h"
#include "conductor/base/hostile.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace app {
namespace {

enum StackIndex { tableIndex, emptyIndex };

} // namespace

DefinitionList::DefinitionList(Settings &settings, Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_model(new DefinitionsModel(std::move(clock), this))
    , m_header(new PageHeader(tr("Definitions")))
    , m_field(new SearchField(tr("Search definitions"), tr("Words of a name")))
    , m_message(new MessageBar)
    , m_loading(new LoadingBar)
    , m_stack(new QStackedWidget)
    , m_table(new Table(tr("Definitions")))
    , m_empty(new EmptyState)
{
    build();
    m_table->setDensity(settings.get(setting::density));
    if (const QByteArray saved = settings.get(setting::definitionColumns); !saved.isEmpty())
        m_table->restoreColumns(saved);
    connect(m_table, &Table::columnsChanged, this, [this, &settings] { settings.set(setting::definitionColumns, m_table->columns()); });
    connect(m_table, &Table::chosen, this, [this](const QModelIndex &index) { Q_EMIT openRequested(index.data(DefinitionsModel::NameRole).toString()); });
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_table, &QWidget::customContextMenuRequested, this, &DefinitionList::offerRowActions);
    connect(m_field, &SearchField::searched, this, &DefinitionList::filter);
    connect(m_message, &MessageBar::actionRequested, this, &DefinitionList::refreshRequested);
    connect(m_empty, &EmptyState::actionRequested, this, [this] {
        if (m_emptyAction)
            m_emptyAction();
    });
}

void DefinitionList::build()
{
    auto *refresh = new IconButton(u"refresh-cw", tr("Refresh (F5)"));
    connect(refresh, &QToolButton::clicked, this, &DefinitionList::refreshRequested);
    m_header->setSearch(m_field);
    m_header->addButton(refresh);
    m_new = m_header->setPrimary(tr("New definition"));
    connect(m_new, &QPushButton::clicked, this, &DefinitionList::newRequested);

    m_table->setModel(m_model);
    m_table->setItemDelegate(new CellDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(DefinitionsModel::Name, Qt::AscendingOrder);
    m_table->setColumnCharacters(DefinitionsModel::Name, 62);
    for (const int column : {int(DefinitionsModel::Newest), int(DefinitionsModel::Versions), int(DefinitionsModel::Changed)})
        m_table->setColumnCharacters(column, 16);

    m_stack->insertWidget(tableIndex, underTitle(m_table));
    m_stack->insertWidget(emptyIndex, m_empty);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addLayout(withinMargins(m_message));
    layout->addWidget(m_loading);
    layout->addWidget(m_stack, 1);
}

void DefinitionList::show(std::vector<DefinitionRow> rows)
{
    m_table->rememberPlace();
    m_model->show(std::move(rows));
    m_table->returnToPlace();
    m_message->close();
    showFitting();
}

void DefinitionList::showFitting()
{
    const int total = m_model->total();
    const int fitting = m_model->rowCount();
    m_new->setVisible(total > 0); // else the invitation has it
    m_header->setHint(total == 0 ? QString() : fitting == total ? QLocale().toString(total) : tr("%1 of %2").arg(QLocale().toString(fitting), QLocale().toString(total)));
    m_stack->setCurrentIndex(fitting > 0 ? tableIndex : emptyIndex);
    if (fitting > 0)
        return;
    if (total > 0) {
        m_empty->showNoMatch(tr("No definition matches"), tr("No name on this server holds all of these words."));
        m_emptyAction = [this] { setSearch({}); };
    } else {
        m_empty->showFirstUse(u"workflow", tr("There are no definitions yet"), tr("A definition says which tasks a workflow runs, and in which order. Begin with a small one."),
                              tr("New definition"));
        m_emptyAction = [this] { Q_EMIT newRequested(); };
    }
}

void DefinitionList::showError(const conductor::Error &error)
{
    if (m_model->total() > 0) {
        m_message->sayError(tr("The list is not current: %1.").arg(conductor::harmless(error.message, 160)), error, tr("Try again"));
        return;
    }
    m_empty->showError(tr("The definitions could not be read"), error);
    m_emptyAction = [this] { Q_EMIT refreshRequested(); };
    m_stack->setCurrentIndex(emptyIndex);
    m_header->setHint({});
}

void DefinitionList::showNoServer()
{
    clear();
    m_empty->showFirstUse(u"server", tr("There is no server yet"), tr("Add the Conductor server whose definitions you want to see."), tr("Add a server"));
    m_emptyAction = [this] { Q_EMIT serverWanted(); };
    m_stack->setCurrentIndex(emptyIndex);
}

void DefinitionList::clear()
{
    m_model->show({});
    m_message->close();
    m_header->setHint({});
    m_new->hide();
    m_stack->setCurrentIndex(tableIndex);
}

void DefinitionList::setLoading(bool loading)
{
    m_loading->setLoading(loading);
}

void DefinitionList::setSearch(const QString &words)
{
    m_field->setQuietly(words);
    filter(words);
}

void DefinitionList::filter(const QString &words)
{
    m_model->setFilter(words);
    if (m_model->total() > 0)
        showFitting();
}

void DefinitionList::offerRowActions(QPoint position)
{
    const QModelIndex index = m_table->currentIndex();
    if (!index.isValid())
        return;
    const QString name = index.data(DefinitionsModel::NameRole).toString();
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Open")), &QAction::triggered, this, [this, name] { Q_EMIT openRequested(name); });
    connect(menu->addAction(tr("Runs of this workflow")), &QAction::triggered, this, [this, name] { Q_EMIT runsRequested(name); });
    menu->addSeparator();
    connect(menu->addAction(tr("Copy the name")), &QAction::triggered, this, [this, name] {
        QGuiApplication::clipboard()->setText(name);
        Q_EMIT said(tr("Name copied"));
    });
    menu->popup(m_table->viewport()->mapToGlobal(position));
}

void DefinitionList::focusSearch()
{
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
}

void DefinitionList::focusTable()
{
    m_table->setFocus(Qt::OtherFocusReason);
}

bool DefinitionList::closePane()
{
    if (!m_message->isHidden()) {
        m_message->close();
        return true;
    }
    if (m_field->hasFocus() && m_stack->currentIndex() == tableIndex) {
        focusTable();
        return true;
    }
    if (!m_field->text().isEmpty()) {
        setSearch({});
        return true;
    }
    return false;
}

} // namespace app
