-- A month's figures of all agencies, written by hand: the as-of rules of DOMAIN.md,
-- section 3, over the lead assignments of one company, without record rules.
--
--   %(company)s  %(first)s  %(last)s   company, first and last day of the window
--   %(fresh)s  %(kinds)s               entries of these kinds after that day are recent
--
-- One row for each agency, and one of all without an agency: counts in the order of
-- Phụ lục I, then of the notes, and how many distinct tasks there are.
WITH taken_over AS (
    -- who carried it on the last day, where that was not today's agency
    SELECT DISTINCT ON (assignment_id) assignment_id, agency_id
      FROM task_assignment_tenure
     WHERE day_to > %(last)s
     ORDER BY assignment_id, day_to, id
), counted AS (
    SELECT a.task_id,
           COALESCE(taken_over.agency_id, a.agency_id) AS agency_id,
           CASE WHEN a.assigned_on >= %(first)s THEN
                     CASE a.source WHEN 'programme' THEN 1 WHEN 'conclusion' THEN 2
                                   ELSE 3 END
                WHEN b.overdue_from < %(first)s THEN 6
                WHEN b.is_extended THEN 5
                ELSE 4 END AS entry,
           CASE WHEN a.confirmed_on <= %(last)s THEN
                     CASE WHEN a.is_late THEN 2 ELSE 1 END
                WHEN l.overdue_from <= %(last)s THEN 5
                WHEN l.is_extended THEN 3
                ELSE 4 END AS exit,
           COALESCE(l.is_waiting, FALSE) AS is_waiting,
           COALESCE(l.is_returned, FALSE) AS is_returned,
           l.id IS NOT NULL AND EXISTS (
               SELECT 1 FROM task_fact f
                WHERE f.assignment_id = a.id AND f.day > %(fresh)s
                  AND f.day <= %(last)s AND f.kind IN %(kinds)s
           ) AS is_fresh
      FROM task_assignment a
      LEFT JOIN task_assignment_span b
             ON b.assignment_id = a.id AND b.day_from < %(first)s
            AND (b.day_to >= %(first)s OR b.day_to IS NULL)
      LEFT JOIN task_assignment_span l
             ON l.assignment_id = a.id AND l.day_from <= %(last)s
            AND (l.day_to > %(last)s OR l.day_to IS NULL)
      LEFT JOIN taken_over ON taken_over.assignment_id = a.id
     WHERE a.company_id = %(company)s
       AND a.role = 'lead'
       AND a.assigned_on <= %(last)s
       AND (a.withdrawn_on IS NULL OR a.withdrawn_on > %(last)s)
       AND (a.confirmed_on IS NULL OR a.confirmed_on >= %(first)s)
)
SELECT agency_id,
       count(*) FILTER (WHERE entry = 1) AS programme,
       count(*) FILTER (WHERE entry = 2) AS conclusion,
       count(*) FILTER (WHERE entry = 3) AS adhoc,
       count(*) FILTER (WHERE entry = 4) AS carried_in_time,
       count(*) FILTER (WHERE entry = 5) AS carried_extended,
       count(*) FILTER (WHERE entry = 6) AS carried_overdue,
       count(*) FILTER (WHERE exit = 1) AS completed_on_time,
       count(*) FILTER (WHERE exit = 2) AS completed_late,
       count(*) FILTER (WHERE exit = 3) AS open_extended,
       count(*) FILTER (WHERE exit = 4) AS open_in_time,
       count(*) FILTER (WHERE exit = 5) AS open_overdue,
       count(*) FILTER (WHERE is_waiting) AS waiting,
       count(*) FILTER (WHERE is_returned) AS returned,
       count(*) FILTER (WHERE is_fresh) AS fresh,
       count(DISTINCT task_id) AS tasks
  FROM counted
 GROUP BY GROUPING SETS ((agency_id), ())
