// A table copies what is seen, walks by keyboard, remembers its columns, and says when its end comes near.
#include "app/widgets/table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QScrollBar>
#include <QStandardItemModel>
#include <QtTest>

using namespace Qt::StringLiterals;
using app::Table;

class TestTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_model = std::make_unique<QStandardItemModel>(200, 3);
        m_model->setHorizontalHeaderLabels({u"Status"_s, u"Name"_s, u"Id"_s});
        for (int row = 0; row < 200; ++row) {
            for (int column = 0; column < 3; ++column)
                m_model->setItem(row, column, new QStandardItem(u"r%1c%2"_s.arg(row).arg(column)));
        }
        m_table = std::make_unique<Table>(u"Things"_s);
        m_table->setModel(m_model.get());
        m_table->resize(400, 300);
        m_table->show();
        QVERIFY(QTest::qWaitForWindowActive(m_table.get()));
    }

    void copiesWhatIsSeen()
    {
        m_table->header()->moveSection(2, 1);
        m_table->setColumnHidden(0, true);
        m_table->selectionModel()->select(m_model->index(5, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        m_table->selectionModel()->select(m_model->index(2, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        QTest::keySequence(m_table.get(), QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"r2c2\tr2c1\nr5c2\tr5c1"_s);
    }

    void leavesTheClipboardAloneWithoutASelection()
    {
        QGuiApplication::clipboard()->setText(u"mine"_s);
        QTest::keySequence(m_table.get(), QKeySequence::Copy);
        QCOMPARE(QGuiApplication::clipboard()->text(), u"mine"_s);
    }

    void walksByKeyboard()
    {
        QSignalSpy chosen(m_table.get(), &Table::chosen);
        m_table->setFocus(Qt::TabFocusReason);
        QCOMPARE(m_table->currentIndex().row(), 0);
        QTest::keyClick(m_table.get(), Qt::Key_Down);
        QTest::keyClick(m_table.get(), Qt::Key_Enter);
        QCOMPARE(chosen.size(), 1);
        QCOMPARE(chosen[0][0].toModelIndex().row(), 1);
    }

    void saysWhenItsEndComesNear()
    {
        QSignalSpy near(m_table.get(), &Table::endIsNear);
        m_table->verticalScrollBar()->setValue(200);
        QCOMPARE(near.size(), 0);
        m_table->verticalScrollBar()->setValue(m_table->verticalScrollBar()->maximum());
        QVERIFY(!near.isEmpty());
    }

    void staysWhereItWas()
    {
        m_table->verticalScrollBar()->setValue(333);
        const QPersistentModelIndex top = m_table->indexAt({1, 1});
        const int offset = m_table->visualRect(top).top();
        m_table->rememberPlace();
        for (int i = 0; i < 9; ++i)
            m_model->insertRow(0, new QStandardItem(u"new"_s));
        m_model->removeRow(2);
        m_table->returnToPlace();
        QCOMPARE(m_table->indexAt({1, 1}), QModelIndex(top));
        QCOMPARE(m_table->visualRect(top).top(), offset);
    }

    void livesWhenItsPlaceIsGone()
    {
        m_table->verticalScrollBar()->setValue(m_table->verticalScrollBar()->maximum());
        m_table->rememberPlace();
        m_model->removeRows(10, 190);
        m_table->returnToPlace();
        QVERIFY(m_table->indexAt({1, 1}).isValid());
    }

    void remembersItsColumns()
    {
        m_table->setColumnHidden(1, true);
        m_table->setColumnWidth(0, 177);
        const QByteArray columns = m_table->columns();
        Table other(u"Others"_s);
        other.setModel(m_model.get());
        other.restoreColumns(columns);
        QVERIFY(other.isColumnHidden(1));
        QCOMPARE(other.columnWidth(0), 177);
        other.restoreColumns("nonsense"); // of a broken file
        QCOMPARE(other.columnWidth(0), 177);
    }

    void letsColumnsBeChosen()
    {
        QSignalSpy changes(m_table.get(), &Table::columnsChanged);
        Q_EMIT m_table->header()->customContextMenuRequested({5, 5});
        auto *menu = m_table->findChild<QMenu *>();
        QVERIFY(menu);
        QCOMPARE(menu->actions().size(), 2); // the first column stays
        menu->actions()[1]->trigger();
        QVERIFY(m_table->isColumnHidden(2));
        QCOMPARE(changes.size(), 1);
        menu->close();
    }

    void paintsRowsWholly()
    {
        m_table->selectionModel()->select(m_model->index(1, 0), QItemSelectionModel::Select | QItemSelectionModel::Rows);
        const QImage image = m_table->viewport()->grab().toImage();
        const int y = m_table->visualRect(m_model->index(1, 0)).bottom() - 2;
        const QRgb left = image.pixel(2, y);
        QCOMPARE(image.pixel(image.width() - 4, y), left);
        QVERIFY(left != image.pixel(2, m_table->visualRect(m_model->index(3, 0)).bottom() - 2));
    }

private:
    std::unique_ptr<QStandardItemModel> m_model;
    std::unique_ptr<Table> m_table;
};

QTEST_MAIN(TestTable)
#include "tst_table.moc"
