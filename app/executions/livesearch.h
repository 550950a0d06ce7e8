// One search for executions, kept at what the server says: asks again and again while somebody looks, loads further pages on
// request, and never shows the answer of a search that is not wanted any more. The executions page owns it.
#pragma once

#include "app/core/poller.h"
#include "app/executions/executionsmodel.h"
#include "app/executions/rowmerge.h"
#include "conductor/api/client.h"

#include <optional>

namespace app {

class LiveSearch : public QObject
{
    Q_OBJECT

public:
    static constexpr int pageSize = 100;
    static constexpr Pace pace{std::chrono::milliseconds(1'000), std::chrono::milliseconds(2'000), std::chrono::milliseconds(30'000)};

    LiveSearch(conductor::Client client, Clock clock, QObject *parent = nullptr);
    ~LiveSearch() override;

    void search(conductor::ExecutionQuery query); // the old rows stay until the answer is there
    void setLive(bool live);
    void refresh();
    void loadMore();

    ExecutionsModel &model() { return m_model; }
    const conductor::ExecutionQuery &query() const { return m_query; }
    bool isAnswered() const { return m_answered; }  // the rows belong to the query
    const std::optional<conductor::Error> &error() const { return m_error; } // of the last question
    qint64 total() const { return m_total; }
    bool hasMore() const { return qint64(m_rows.size()) < m_total && !m_atOldest; }

    // Nothing has exactly the name that was asked for: rows of workflows whose name contains it are shown.
    bool isWidened() const { return m_widened; }

Q_SIGNALS:
    void aboutToShow(); // the model is changed between these two
    void shown();
    void failed();
    void loadingChanged(bool loading);

private:
    conductor::Reply<Activity> ask();
    conductor::Reply<conductor::Done> fetchMore(int start);
    void take(const conductor::ExecutionPage &page, int start);
    conductor::ExecutionQuery asked(int start) const; // the page from there on of what is searched for
    conductor::Client bounded() const;

    conductor::Client m_client;
    ExecutionsModel m_model;
    Poller m_poller;
    conductor::ExecutionQuery m_query;
    std::vector<conductor::ExecutionSummary> m_rows;
    std::stop_source m_stop;
    quint64 m_search = 0; // counts searches: an answer of an older one is dropped
    qint64 m_total = 0;
    int m_turn = 0; // which of the pages below the first is asked for next
    bool m_answered = false;
    bool m_widened = false;
    bool m_atOldest = false;
    bool m_loadingMore = false;
    std::optional<conductor::Error> m_error;
};

} // namespace app
